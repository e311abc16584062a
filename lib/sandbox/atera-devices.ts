import { type AteraContext, idParam, notFound, pageOf } from './atera-http.ts';
import { json } from './http.ts';
import type { AteraAgent, AteraSnmpDevice } from './state.ts';

/** Devices are read only here. No call of the vendor finds an agent by its GUID: they are listed, or read by number. */
export function addDeviceRoutes({ app, state }: AteraContext): void {
  const customerName = (id: number): string | null =>
    state.atera.customers.find(({ CustomerID }) => CustomerID === id)?.CustomerName ?? null;
  const viewAgent = (agent: AteraAgent) => ({
    ...agent,
    CustomerName: customerName(agent.CustomerID),
    AppViewUrl: `https://app.atera.com/new/rmm/device/${agent.DeviceGuid}/agent`,
  });
  const viewSnmp = (device: AteraSnmpDevice | undefined) =>
    device ? { ...device, CustomerName: customerName(device.CustomerID) } : notFound('Device');

  app.get('/agents', (c) => pageOf(c, state.atera.agents.map(viewAgent)));
  app.get('/agents/:agentId', (c) => {
    const id = idParam(c, 'agentId');
    const agent = state.atera.agents.find(({ AgentID }) => AgentID === id);
    return json(viewAgent(agent ?? notFound('Agent')));
  });
  app.get('/devices/snmpdevice/guid/:deviceGuid', (c) => {
    const guid = c.req.param('deviceGuid').toLowerCase();
    return json(viewSnmp(state.atera.snmpDevices.find(({ DeviceGuid }) => DeviceGuid === guid)));
  });
  app.get('/devices/snmpdevice/:deviceId', (c) => {
    const id = idParam(c, 'deviceId');
    return json(viewSnmp(state.atera.snmpDevices.find(({ DeviceID }) => DeviceID === id)));
  });
}
