import { expect, it } from 'vitest';
import type { Subject } from '../../lib/core/contact.ts';
import { isRead, shownCompany, shownCompared } from '../support/company.ts';
import { createWorld, type World } from '../support/world.ts';

const open = async (path: (world: World) => string, prepare: (world: World) => void = () => undefined) => {
  const world = await createWorld();
  await world.connect();
  prepare(world);
  const tabId = await world.openTab(`https://app.atera.com${path(world)}`);
  const view = await shownCompany(world, tabId, isRead);
  return { world, tabId, view, paths: world.sandbox.log.map((call) => call.path) };
};
const agentOf = ({ sandbox }: World) => {
  const [agent] = sandbox.state.atera.agents;
  if (!agent) throw new Error('no agent');
  return agent;
};
const printerOf = ({ sandbox }: World) => {
  const [printer] = sandbox.state.atera.snmpDevices;
  if (!printer) throw new Error('no printer');
  return printer;
};
const agentPage = (world: World) => `/new/rmm/device/${agentOf(world).DeviceGuid}/agent`;
const manyAgents = (count: number) => (world: World) => {
  const agent = agentOf(world);
  world.sandbox.state.atera.agents = Array.from({ length: count }, (_, index) => ({
    ...agent,
    AgentID: 7000 + index,
    AgentName: `PC-${index}`,
    DeviceGuid: `5f1c0a2b-9d3e-4b7a-8c61-${String(index).padStart(12, '0')}`,
  }));
};

it('a computer leads to its company and the people of it, by the list of devices', async () => {
  const { view, paths } = await open((world) => agentPage(world).replace('/agent', '/agent?tab=alerts'));
  expect(view).toMatchObject({
    subject: { kind: 'agent' },
    device: { status: 'ready', value: { name: 'BSD-FRONT-01', online: true, user: 'BSD\\dana.whitfield' } },
    company: { status: 'ready', value: { name: 'Bright Smile Dental' } },
    people: { status: 'ready' },
  });
  expect(paths.filter((path) => path.endsWith('/agents'))).toHaveLength(1);
  expect(paths).toHaveLength(3);
});

const guid = (index: number) =>
  `/new/rmm/device/5f1c0a2b-9d3e-4b7a-8c61-${String(index).padStart(12, '0')}/agent`;

it.each([
  ['finds one on the fourth page', 199, 230, { status: 'ready', value: { name: 'PC-199' } }, 6],
  ['stops after it, and says so', 200, 230, { status: 'unlisted', seen: 200, total: 230 }, 4],
  ['knows when the list is at its end', 999, 60, { status: 'failed', error: { code: 'not_found' } }, 2],
])('follows the list of devices for four pages: %s', async (_, index, count, device, calls) => {
  const { view, paths } = await open(() => guid(index), manyAgents(count));
  expect(view.device).toMatchObject(device);
  expect(paths).toHaveLength(calls);
});

it.each([
  ['by its GUID', (world: World) => `/new/rmm/device/${printerOf(world).DeviceGuid.toUpperCase()}/snmp`],
  [
    'by the number of an old address',
    (world: World) => `/Admin#/rmm/device/${printerOf(world).DeviceID}/snmp`,
  ],
])('a device in the network is asked for %s', async (_, path) => {
  const { view, paths } = await open(path);
  expect(view).toMatchObject({
    device: { value: { name: 'Reception printer', user: null } },
    company: { value: { name: 'Bright Smile Dental' } },
  });
  expect(paths).toHaveLength(3);
});

const oldAgentPage = (world: World) => `/Admin#/rmm/device/${agentOf(world).AgentID}/agent`;

it('a computer of an old address is asked for by its number', async () => {
  const { view, paths } = await open(oldAgentPage);
  expect(view).toMatchObject({ device: { value: { name: 'BSD-FRONT-01' } } });
  expect(paths).toHaveLength(3);
});

it('names the right that is missing, and reads on when it is there', async () => {
  const { view, world, tabId } = await open(agentPage, ({ faults }) => {
    faults.add({ vendor: 'atera', path: /\/agents$/u }, { kind: 'status', status: 403 }, 1);
  });
  expect(view.device).toMatchObject({
    status: 'failed',
    error: { code: 'forbidden', scope: 'Agents: Read' },
  });
  await world.send('refreshView', { tabId });
  expect((await shownCompany(world, tabId, isRead)).company.status).toBe('ready');
});

it('shows no company for an answer about another device', async () => {
  const { view } = await open(oldAgentPage, (world) => {
    world.faults.add(
      { vendor: 'atera', path: /\/agents\/\d+$/u },
      {
        kind: 'status',
        status: 200,
        body: JSON.stringify({ ...agentOf(world), AgentID: 1 }),
        headers: { 'content-type': 'application/json' },
      },
    );
  });
  expect(view.device).toMatchObject({ status: 'failed', error: { code: 'invalid_response' } });
});

it('shows no company for a device of nobody', async () => {
  const { view } = await open(agentPage, (world) => {
    agentOf(world).CustomerID = 0;
  });
  expect(view.device).toMatchObject({ status: 'failed', error: { code: 'not_found', input: 'customer' } });
});

it('a device that leads nowhere lets somebody be chosen, with the way back to it', async () => {
  const { world, tabId, view } = await open(
    () => '/new/rmm/device/5f1c0a2b-9d3e-4b7a-8c61-0e2f4d6a8b9c/agent',
  );
  const contact = world.ghlContact('main');
  const { locationId } = world.sandbox.ghl;
  const subject = { vendor: 'ghl', kind: 'contact', id: contact.id, locationId } as const;
  const target = { tabId };
  await expect(world.send('chooseSubject', { target, subject, accountId: locationId })).rejects.toMatchObject(
    { code: 'subject_changed' },
  );
  await world.send('chooseSubject', { target, subject, accountId: locationId, version: view.version });
  await world.shown(tabId, world.settled);
  expect((await world.send('getPanelState', target)).page).toMatchObject({
    chosen: true,
    back: { kind: 'agent', name: null },
  });
});

it('leads to the page of its customer, which is linked and compared there, with the way back', async () => {
  const { world, tabId, view } = await open(agentPage);
  if (view.device?.status !== 'ready') throw new Error('No device');
  const { companyId } = view.device.value;
  expect(companyId).toBe(String(agentOf(world).CustomerID));
  const accounts = await world.send('getAccounts', {});
  const accountId = accounts.find(({ vendor }) => vendor === 'atera')?.id ?? '';
  const target = { tabId };
  const choose = (subject: Subject, version = view.version) =>
    world.send('chooseSubject', { target, subject, accountId, version });
  const subject = { vendor: 'atera', kind: 'customer', id: companyId } as const;
  await expect(choose(subject, view.version - 1)).rejects.toMatchObject({ code: 'subject_changed' });
  await choose(subject);
  const { version } = await shownCompany(world, tabId, (shown) => shown.device === null && isRead(shown));
  expect((await world.send('getPanelState', target)).page).toMatchObject({
    chosen: true,
    back: { kind: 'agent' },
  });
  const [business] = world.sandbox.state.ghl.businesses;
  if (!business) throw new Error('No business');
  const company = { vendor: 'atera', accountId, kind: 'customer', id: companyId } as const;
  const counterpart = { id: business.id, name: business.name };
  await world.send('linkCompany', { target, version, company, counterpart });
  await shownCompared(world, tabId, ({ match }) => match.status === 'linked');
  await world.send('leaveSubject', { target });
  expect((await shownCompany(world, tabId, isRead)).device).toMatchObject({ status: 'ready' });
});
