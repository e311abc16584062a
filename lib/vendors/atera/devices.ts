import { cleanText } from '../../core/text.ts';
import { AppError } from '../../errors.ts';
import type { DeviceCard } from '../../panel-state.ts';
import type { Call } from '../operations.ts';
import type { operations } from './operations.ts';
import type { AteraAgent, AteraSnmpDevice } from './schemas.ts';

/** `unlisted`: the first `seen` of `total` devices were looked through, and it was not among them. */
export type DeviceLookup =
  | { status: 'found'; device: DeviceCard }
  | { status: 'unlisted'; seen: number; total: number };

/** The API never gives more than this many rows a page. */
const PAGE_SIZE = 50;
/** How far the list of devices is followed: one page is one call. */
const MAX_PAGES = 4;

const isGuid = (id: string): boolean => id.includes('-');

/**
 * Finds the device of a page. A device in the network is asked for by its GUID. A computer cannot be: no documented call takes the
 * GUID, so the list is followed for a few pages. Numbers stand in old addresses; ids there are taken to be the API's own, and the
 * answer must name the same one.
 */
export async function readDevice(
  call: Call<typeof operations>,
  kind: 'agent' | 'snmp',
  id: string,
): Promise<DeviceLookup> {
  if (kind === 'snmp') {
    const device = isGuid(id)
      ? await call('getSnmpDeviceByGuid', { path: { deviceGuid: id } })
      : await call('getSnmpDevice', { path: { deviceId: id } });
    return found(device, id, device?.DeviceID, 'getSnmpDevice', device && snmpCard(device));
  }
  if (!isGuid(id)) {
    const agent = await call('getAgent', { path: { agentId: id } });
    return found(agent, id, agent?.AgentID, 'getAgent', agent && agentCard(agent));
  }
  let seen = 0;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { items, totalPages, totalItemCount } = await call('listAgents', {
      query: { page: String(page), itemsInPage: String(PAGE_SIZE) },
    });
    const agent = items.find(({ DeviceGuid }) => DeviceGuid?.toLowerCase() === id);
    if (agent) return found(agent, id, agent.AgentID, 'listAgents', agentCard(agent));
    seen += items.length;
    if (items.length === 0 || page >= (totalPages ?? 1)) break;
    if (page === MAX_PAGES) return { status: 'unlisted', seen, total: Math.max(totalItemCount ?? 0, seen) };
  }
  throw gone('listAgents', 'device');
}

const gone = (operation: string, input: string): AppError =>
  new AppError('not_found', { vendor: 'atera', operation, input });

function found(
  record: AteraAgent | AteraSnmpDevice | null | undefined,
  id: string,
  number: number | null | undefined,
  operation: string,
  device: Omit<DeviceCard, 'companyId'> | null | undefined,
): DeviceLookup {
  if (!record || !device) throw gone(operation, 'device');
  // An answer about another device would lead to another company.
  const own = isGuid(id) ? record.DeviceGuid?.toLowerCase() : String(number);
  if (own !== id) throw new AppError('invalid_response', { vendor: 'atera', operation });
  if (!record.CustomerID) throw gone(operation, 'customer');
  return { status: 'found', device: { ...device, companyId: String(record.CustomerID) } };
}

const agentCard = (agent: AteraAgent): Omit<DeviceCard, 'companyId'> => ({
  name: cleanText(agent.AgentName) ?? cleanText(agent.MachineName) ?? String(agent.AgentID),
  online: agent.Online ?? null,
  user: cleanText(agent.CurrentLoggedUsers) ?? cleanText(agent.LastLoginUser),
});

const snmpCard = (device: AteraSnmpDevice): Omit<DeviceCard, 'companyId'> => ({
  name: cleanText(device.Name) ?? cleanText(device.Hostname) ?? String(device.DeviceID),
  online: device.Online ?? null,
  user: null,
});
