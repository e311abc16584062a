import { ateraSeedId, createRandom, makeUuid } from './ids.ts';
import type { AteraAgent, AteraSnmpDevice, IdMode } from './state.ts';
import { isoSeconds } from './time.ts';

const AGENTS: [name: string, company: string, user: string | null, online: boolean][] = [
  ['BSD-FRONT-01', 'bright', 'BSD\\dana.whitfield', true],
  ['BSD-XRAY-02', 'bright', null, false],
  ['HPA-DESIGN-07', 'harbor', 'HPA\\oscar', true],
];

const guidOf = (ids: IdMode, name: string): string => makeUuid(createRandom(`device ${ids} ${name}`));

/** Computers of the sample workspace. `customerOf`: id of a company by its seed key. */
export const seedAgents = (now: number, ids: IdMode, customerOf: (company: string) => number): AteraAgent[] =>
  AGENTS.map(([name, company, user, online], index) => ({
    AgentID: ateraSeedId(ids, 5417 + index),
    DeviceGuid: guidOf(ids, name),
    CustomerID: customerOf(company),
    AgentName: name,
    SystemName: name,
    MachineName: name,
    Monitored: true,
    Online: online,
    LastSeen: isoSeconds(now - (online ? 60_000 : 3 * 86_400_000)),
    CurrentLoggedUsers: online ? user : null,
    LastLoginUser: user,
    OSType: 'Work Station',
    DeviceType: 'PC',
  }));

export const seedSnmpDevices = (ids: IdMode, customerOf: (company: string) => number): AteraSnmpDevice[] => [
  {
    DeviceID: ateraSeedId(ids, 901),
    DeviceGuid: guidOf(ids, 'printer'),
    Name: 'Reception printer',
    CustomerID: customerOf('bright'),
    Hostname: '192.0.2.40',
    Online: true,
    Monitored: true,
    MonitoringAgentID: ateraSeedId(ids, 5417),
  },
];
