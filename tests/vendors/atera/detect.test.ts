import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectAtera } from '../../../lib/vendors/atera/detect.ts';
import { detectGhl } from '../../../lib/vendors/ghl/detect.ts';

const DEVICE = '5f1c0a2b-9d3e-4b7a-8c61-0e2f4d6a8b9c';

const told = (url: string): string | null => {
  const subject = detectAtera(url);
  return subject && `${subject.vendor} ${subject.kind} ${subject.id}`;
};

describe('detectAtera', () => {
  it.each([
    ['https://app.atera.com/new/ticket/4821', 'atera ticket 4821'],
    ['https://app.atera.com/new/ticket/4821/', 'atera ticket 4821'],
    ['https://app.atera.com/new/tickets/4821', 'atera ticket 4821'],
    ['https://app.atera.com/new/rmm/ticket/4821', 'atera ticket 4821'],
    ['https://app.atera.com/new/ticket/4821/activity', 'atera ticket 4821'],
    ['https://app.atera.com/new/ticket/4821/activity/deep/er', 'atera ticket 4821'],
    ['https://app.atera.com/new/ticket/4821?tab=comments', 'atera ticket 4821'],
    ['https://app.atera.com/new/ticket/4821#reply', 'atera ticket 4821'],
    ['https://app.atera.com/new/ticket/4821?x=/new/ticket/9#/ticket/8', 'atera ticket 4821'],
    ['https://app.atera.com:443/new/ticket/4821', 'atera ticket 4821'],
    ['HTTPS://APP.ATERA.COM/new/ticket/4821', 'atera ticket 4821'],
    ['  https://app.atera.com/new/ticket/4821\n', 'atera ticket 4821'],
    ['https://app.atera.com/new/../new/ticket/4821', 'atera ticket 4821'],
    ['https://agent@app.atera.com/new/ticket/4821', 'atera ticket 4821'],
    ['https://app.atera.com/new/ticket/1', 'atera ticket 1'],
    ['https://app.atera.com/new/ticket/900000000004821', 'atera ticket 900000000004821'],
    ['https://app.atera.com/new/ticket/9000000000004821', 'atera ticket 9000000000004821'],
    ['https://app.atera.com/Admin#/ticket/4821', 'atera ticket 4821'],
    ['https://app.atera.com/admin#/ticket/4821', 'atera ticket 4821'],
    ['https://app.atera.com/Admin/#/ticket/4821', 'atera ticket 4821'],
    ['https://app.atera.com/Admin?lang=en#/ticket/4821', 'atera ticket 4821'],
    ['https://app.atera.com/Admin#/ticket/4821/', 'atera ticket 4821'],
    ['https://app.atera.com/Admin#/ticket/4821/activity', 'atera ticket 4821'],
    ['https://app.atera.com/Admin#/ticket/4821?from=list', 'atera ticket 4821'],
    ['https://app.atera.com/new/customer/311', 'atera customer 311'],
    ['https://app.atera.com/new/customers/311/devices', 'atera customer 311'],
    ['https://app.atera.com/new/rmm/customer/311', 'atera customer 311'],
    ['https://app.atera.com/Admin#/customer/311', 'atera customer 311'],
    ['https://app.atera.com/Admin#/customers/311', 'atera customer 311'],
    [`https://app.atera.com/new/rmm/device/${DEVICE}/agent`, `atera agent ${DEVICE}`],
    [`https://app.atera.com/new/rmm/device/${DEVICE}/agent/`, `atera agent ${DEVICE}`],
    [`https://app.atera.com/new/rmm/device/${DEVICE}/agent/patches`, `atera agent ${DEVICE}`],
    [`https://app.atera.com/new/rmm/device/${DEVICE}/agent?tab=alerts#top`, `atera agent ${DEVICE}`],
    [`https://app.atera.com/new/rmm/device/${DEVICE.toUpperCase()}/agent`, `atera agent ${DEVICE}`],
    [`https://app.atera.com/new/rmm/device/${DEVICE}/snmp`, `atera snmp ${DEVICE}`],
    [`https://app.atera.com/Admin#/rmm/device/${DEVICE}/agent`, `atera agent ${DEVICE}`],
    [`https://app.atera.com/Admin#/rmm/device/${DEVICE}/snmp?from=mail`, `atera snmp ${DEVICE}`],
    ['https://app.atera.com/Admin#/rmm/device/5417/agent', 'atera agent 5417'],
    ['https://app.atera.com/Admin#/rmm/device/5417/snmp/', 'atera snmp 5417'],
  ])('%s shows %s', (url, subject) => {
    expect(told(url)).toBe(subject);
  });

  it.each([
    ['another scheme', 'http://app.atera.com/new/ticket/4821'],
    ['another scheme with the secure port', 'http://app.atera.com:443/new/ticket/4821'],
    ['another port', 'https://app.atera.com:8443/new/ticket/4821'],
    ['a longer host', 'https://app.atera.com.evil.example/new/ticket/4821'],
    ['a host that ends alike', 'https://evil-app.atera.com/new/ticket/4821'],
    ['a host that only holds the name', 'https://notapp.atera.com/new/ticket/4821'],
    ['the bare domain', 'https://atera.com/new/ticket/4821'],
    ['a root dot', 'https://app.atera.com./new/ticket/4821'],
    ['the customers’ portal', 'https://brightsmile.servicedesk.atera.com/new/ticket/4821'],
    ['the name as user', 'https://app.atera.com@evil.example/new/ticket/4821'],
    ['the name as user and password', 'https://app.atera.com:443@evil.example/new/ticket/4821'],
    ['the name in the path', 'https://evil.example/https://app.atera.com/new/ticket/4821'],
    ['the name in the hash', 'https://evil.example/#https://app.atera.com/new/ticket/4821'],
    ['a look-alike letter', 'https://app.аtera.com/new/ticket/4821'],
    ['a hyphen for the dot', 'https://app-atera.com/new/ticket/4821'],
    ['the list', 'https://app.atera.com/new/tickets'],
    ['the list, with a slash', 'https://app.atera.com/new/tickets/'],
    ['an empty id', 'https://app.atera.com/new/ticket/'],
    ['an empty id and a tab', 'https://app.atera.com/new/ticket//activity'],
    ['a double slash', 'https://app.atera.com/new//ticket/4821'],
    ['zero', 'https://app.atera.com/new/ticket/0'],
    ['leading zeros', 'https://app.atera.com/new/ticket/004821'],
    ['a negative id', 'https://app.atera.com/new/ticket/-4821'],
    ['a broken number', 'https://app.atera.com/new/ticket/48.21'],
    ['letters behind the id', 'https://app.atera.com/new/ticket/4821abc'],
    ['a word for an id', 'https://app.atera.com/new/ticket/new'],
    ['seventeen digits', 'https://app.atera.com/new/ticket/12345678901234567'],
    ['a very long number', `https://app.atera.com/new/ticket/${'9'.repeat(100_000)}`],
    ['digits of another script', 'https://app.atera.com/new/ticket/٤٨٢١'],
    ['full-width digits', 'https://app.atera.com/new/ticket/４８２１'],
    ['an encoded digit', 'https://app.atera.com/new/ticket/%34821'],
    ['an encoded slash', 'https://app.atera.com/new/ticket/4821%2Factivity'],
    ['an encoded separator', 'https://app.atera.com/new%2Fticket%2F4821'],
    ['a path parameter', 'https://app.atera.com/new/ticket/4821;x=1'],
    ['another part of the app', 'https://app.atera.com/ticket/4821'],
    ['a page below another', 'https://app.atera.com/x/new/ticket/4821'],
    ['another spelling', 'https://app.atera.com/new/Ticket/4821'],
    ['an unknown kind of page', 'https://app.atera.com/new/contact/1048101'],
    ['a device whose id is no GUID', 'https://app.atera.com/new/rmm/device/5f1c/agent'],
    ['a number where the new app has a GUID', 'https://app.atera.com/new/rmm/device/5417/agent'],
    ['a device without its kind', `https://app.atera.com/new/rmm/device/${DEVICE}`],
    ['a device of an unknown kind', `https://app.atera.com/new/rmm/device/${DEVICE}/http`],
    ['letters behind the kind', `https://app.atera.com/new/rmm/device/${DEVICE}/agents`],
    ['a GUID in braces', `https://app.atera.com/new/rmm/device/{${DEVICE}}/agent`],
    ['a GUID without hyphens', `https://app.atera.com/new/rmm/device/${DEVICE.replaceAll('-', '')}/agent`],
    ['a GUID that goes on', `https://app.atera.com/new/rmm/device/${DEVICE}0/agent`],
    ['a letter that no GUID has', `https://app.atera.com/new/rmm/device/g${DEVICE.slice(1)}/agent`],
    ['a device outside its part of the app', `https://app.atera.com/new/device/${DEVICE}/agent`],
    ['an alert of the old app', 'https://app.atera.com/Admin#/alerts/resolve/5417'],
    ['a device in the query', `https://app.atera.com/new/dashboard?to=/rmm/device/${DEVICE}/agent`],
    ['the hash of the old app on a page of the new one', 'https://app.atera.com/new/dashboard#/ticket/4821'],
    ['the hash of the old app on the API', 'https://app.atera.com/api/v3/tickets/4821#/ticket/4821'],
    ['a hash without its slash', 'https://app.atera.com/Admin#ticket/4821'],
    ['a hash with an empty id', 'https://app.atera.com/Admin#/ticket/'],
    ['a hash with leading zeros', 'https://app.atera.com/Admin#/ticket/04821'],
    ['a hash with letters behind the id', 'https://app.atera.com/Admin#/ticket/4821x'],
    ['a hash that holds the page further in', 'https://app.atera.com/Admin#/list/ticket/4821'],
    ['the hash in the query', 'https://app.atera.com/Admin?next=%23/ticket/4821'],
    ['the old app without a hash', 'https://app.atera.com/Admin'],
    ['the API', 'https://app.atera.com/api/v3/tickets/4821'],
    ['the start page', 'https://app.atera.com/'],
    [
      'a GHL page',
      'https://app.gohighlevel.com/v2/location/Kq3nPa61w0BzLmTR55xd/contacts/detail/ocQHyuzHvysMo5N5VsXc',
    ],
    ['a script', 'javascript:location="https://app.atera.com/new/ticket/4821"'],
    ['data', 'data:text/html,https://app.atera.com/new/ticket/4821'],
    ['a blob of the app', 'blob:https://app.atera.com/new/ticket/4821'],
    ['source view', 'view-source:https://app.atera.com/new/ticket/4821'],
    ['a page of the browser', 'about:blank'],
    ['no address', '/new/ticket/4821'],
    ['nothing', ''],
  ])('shows nobody: %s', (_, url) => {
    expect(detectAtera(url)).toBeNull();
  });

  it('reads the id as it stands, and never takes a page for one of the other vendor', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), fc.webPath(), (id, path) => {
        const url = `https://app.atera.com/new/ticket/${id}`;
        expect(detectAtera(url)).toEqual({ vendor: 'atera', kind: 'ticket', id: String(id) });
        expect(detectGhl(`https://app.atera.com${path}`)).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl()), (url) => {
        expect(detectAtera(url)).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });
});
