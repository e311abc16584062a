import { expect, it } from 'vitest';
import { createBench, pick } from './client.ts';

const firstOf = <T>([first]: readonly T[]): T => {
  if (first === undefined) throw new Error('Nothing there');
  return first;
};

it('reads a computer by its number alone, a device in the network by its GUID too', async () => {
  const { atera, sandbox } = createBench();
  const agent = firstOf(sandbox.state.atera.agents);
  const device = firstOf(sandbox.state.atera.snmpDevices);
  const read = await atera('GET', `/agents/${agent.AgentID}`);
  expect([read.status, pick(read.json, 'DeviceGuid')]).toEqual([200, agent.DeviceGuid]);
  expect(pick(read.json, 'AppViewUrl')).toContain(`/new/rmm/device/${agent.DeviceGuid}/agent`);
  expect((await atera('GET', `/agents/${agent.DeviceGuid}`)).status).toBe(404);
  const byGuid = await atera('GET', `/devices/snmpdevice/guid/${device.DeviceGuid}`);
  expect([byGuid.status, pick(byGuid.json, 'CustomerName')]).toEqual([200, 'Bright Smile Dental']);
  expect((await atera('GET', `/devices/snmpdevice/guid/${agent.DeviceGuid}`)).status).toBe(404);
});

it('each domain needs its own right', async () => {
  const { atera, sandbox } = createBench();
  const key = sandbox.state.atera.keys.find(({ rights }) => rights.length === 0)?.key ?? '';
  const headers = { authorization: `Bearer ${key}` };
  for (const path of ['/agents', '/devices/snmpdevice/1'])
    expect((await atera('GET', path, undefined, { headers })).status).toBe(403);
});
