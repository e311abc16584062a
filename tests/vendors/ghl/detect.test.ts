import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../lib/vendors/detect.ts';
import { detectGhl } from '../../../lib/vendors/ghl/detect.ts';

const LOCATION = 'Kq3nPa61w0BzLmTR55xd';
const CONTACT = 'ocQHyuzHvysMo5N5VsXc';
const BASE = `https://app.gohighlevel.com/v2/location/${LOCATION}`;
const contact = { vendor: 'ghl', kind: 'contact', id: CONTACT, locationId: LOCATION };
const conversation = { ...contact, kind: 'conversation' };
const opportunity = { ...contact, kind: 'opportunity' };

describe('detectGhl', () => {
  it.each([
    [`${BASE}/contacts/detail/${CONTACT}`, contact],
    [`${BASE}/contacts/detail/${CONTACT}/`, contact],
    [`${BASE}/contacts/detail/${CONTACT}/notes`, contact],
    [`${BASE}/contacts/detail/${CONTACT}?view=activity`, contact],
    [`${BASE}/contacts/detail/${CONTACT}#tasks`, contact],
    [`${BASE}/contacts/detail/${CONTACT}?next=/contacts/detail/AAAAAAAAAAAAAAAAAAAA`, contact],
    [`https://app.gohighlevel.com/location/${LOCATION}/contacts/detail/${CONTACT}`, contact],
    [`https://app.leadconnectorhq.com/v2/location/${LOCATION}/contacts/detail/${CONTACT}`, contact],
    [`https://app.msgsndr.com/v2/location/${LOCATION}/contacts/detail/${CONTACT}`, contact],
    [`https://app.gohighlevel.com:443/v2/location/${LOCATION}/contacts/detail/${CONTACT}`, contact],
    [`HTTPS://APP.GoHighLevel.COM/v2/location/${LOCATION}/contacts/detail/${CONTACT}`, contact],
    [`https://agent:x@app.gohighlevel.com/v2/location/${LOCATION}/contacts/detail/${CONTACT}`, contact],
    [`${BASE}/conversations/conversations/${CONTACT}`, conversation],
    [`${BASE}/conversations/conversations/${CONTACT}?category=team-inbox&tab=unread`, conversation],
    [
      `https://app.gohighlevel.com/location/${LOCATION}/conversations/conversations/${CONTACT}/`,
      conversation,
    ],
    [`${BASE}/opportunities/list/${CONTACT}`, opportunity],
    [`${BASE}/opportunities/list/${CONTACT}/?tab=details`, opportunity],
    [`${BASE}/opportunities/list/${CONTACT}#notes`, opportunity],
    [`https://app.leadconnectorhq.com/v2/location/${LOCATION}/opportunities/list/${CONTACT}`, opportunity],
    [`https://app.msgsndr.com/location/${LOCATION}/opportunities/list/${CONTACT}`, opportunity],
    [`${BASE}/conversations/conversations/${CONTACT}#AAAAAAAAAAAAAAAAAAAA`, conversation],
    [
      `https://app.leadconnectorhq.com/v2/location/${LOCATION}/conversations/conversations/${CONTACT}`,
      conversation,
    ],
    [`https://app.msgsndr.com/v2/location/${LOCATION}/conversations/conversations/${CONTACT}`, conversation],
  ])('%s', (url, subject) => {
    expect(detectGhl(url)).toEqual(subject);
    expect(subjectOf(url)).toEqual(subject);
  });

  it.each([18, 19, 20, 24, 25, 26])('takes ids of %i letters and digits, sample ids among them', (length) => {
    const id = 'sampleAbCdEfGhIjKlMnOpQrStUv'.slice(0, length);
    expect(detectGhl(`https://app.gohighlevel.com/v2/location/${id}/contacts/detail/${id}`)).toEqual({
      vendor: 'ghl',
      kind: 'contact',
      id,
      locationId: id,
    });
  });

  it.each([0, 1, 17, 27, 100_000])('takes no ids of %i letters', (length) => {
    const id = 'a'.repeat(length);
    expect(detectGhl(`${BASE}/contacts/detail/${id}`)).toBeNull();
    expect(detectGhl(`https://app.gohighlevel.com/v2/location/${id}/contacts/detail/${CONTACT}`)).toBeNull();
  });

  it.each([
    ['another scheme', `http://app.gohighlevel.com/v2/location/${LOCATION}/contacts/detail/${CONTACT}`],
    ['another port', `https://app.gohighlevel.com:8443/v2/location/${LOCATION}/contacts/detail/${CONTACT}`],
    [
      'a longer host',
      `https://app.gohighlevel.com.evil.example/v2/location/${LOCATION}/contacts/detail/${CONTACT}`,
    ],
    [
      'a host that ends alike',
      `https://evil-app.gohighlevel.com/v2/location/${LOCATION}/contacts/detail/${CONTACT}`,
    ],
    ['the bare domain', `https://gohighlevel.com/v2/location/${LOCATION}/contacts/detail/${CONTACT}`],
    ['the API', `https://services.leadconnectorhq.com/contacts/${CONTACT}`],
    [
      'the API host with a page’s path',
      `https://services.leadconnectorhq.com/v2/location/${LOCATION}/contacts/detail/${CONTACT}`,
    ],
    ['a page made with it', `https://link.msgsndr.com/v2/location/${LOCATION}/contacts/detail/${CONTACT}`],
    [
      'the name as user',
      `https://app.gohighlevel.com@evil.example/v2/location/${LOCATION}/contacts/detail/${CONTACT}`,
    ],
    ['a root dot', `https://app.gohighlevel.com./v2/location/${LOCATION}/contacts/detail/${CONTACT}`],
    [
      'an unknown white-label host',
      `https://app.agency.example/v2/location/${LOCATION}/contacts/detail/${CONTACT}`,
    ],
    ['no location', `https://app.gohighlevel.com/v2/contacts/detail/${CONTACT}`],
    ['an empty location', `https://app.gohighlevel.com/v2/location//contacts/detail/${CONTACT}`],
    ['another version', `https://app.gohighlevel.com/v3/location/${LOCATION}/contacts/detail/${CONTACT}`],
    [
      'a page below another',
      `https://app.gohighlevel.com/x/v2/location/${LOCATION}/contacts/detail/${CONTACT}`,
    ],
    ['the dashboard', `${BASE}/dashboard`],
    ['the location alone', BASE],
    ['the location with a slash', `${BASE}/`],
    ['the contact list', `${BASE}/contacts/smart_list/All`],
    ['an empty contact', `${BASE}/contacts/detail/`],
    ['an empty contact and a tab', `${BASE}/contacts/detail//notes`],
    ['a double slash', `${BASE}//contacts/detail/${CONTACT}`],
    ['the conversation list', `${BASE}/conversations/conversations`],
    ['one conversation too little', `${BASE}/conversations/${CONTACT}`],
    ['the opportunity list', `${BASE}/opportunities/list`],
    ['the opportunity list with a slash', `${BASE}/opportunities/list/`],
    ['the pipeline', `${BASE}/opportunities/pipeline`],
    ['an id below the pipeline', `${BASE}/opportunities/pipeline/${CONTACT}`],
    ['one opportunity too little', `${BASE}/opportunities/${CONTACT}`],
    ['a short opportunity', `${BASE}/opportunities/list/${CONTACT.slice(0, 17)}`],
    ['an opportunity in the query', `${BASE}/opportunities/list?id=${CONTACT}`],
    ['an opportunity in the hash', `${BASE}/opportunities/list#/${CONTACT}`],
    [
      'an opportunity on another host',
      `https://app.agency.example/v2/location/${LOCATION}/opportunities/list/${CONTACT}`,
    ],
    ['a conversation in the query', `${BASE}/conversations/conversations?conversationId=${CONTACT}`],
    ['a long conversation', `${BASE}/conversations/conversations/${CONTACT}AAAAAAA`],
    ['another spelling', `${BASE}/Contacts/Detail/${CONTACT}`],
    ['punctuation in the id', `${BASE}/contacts/detail/ocQHyuzHvysMo5N5Vs-c`],
    ['an encoded letter in the id', `${BASE}/contacts/detail/ocQHyuzHvysMo5N5VsX%63`],
    ['an encoded slash behind the id', `${BASE}/contacts/detail/${CONTACT}%2Fnotes`],
    ['letters of another script', `${BASE}/contacts/detail/осQHyuzHvysMo5N5VsXс`],
    ['a path parameter', `${BASE}/contacts/detail/${CONTACT};x=1`],
    ['the page in the hash', `${BASE}/dashboard#/contacts/detail/${CONTACT}`],
    ['the page in the query', `${BASE}/dashboard?to=/contacts/detail/${CONTACT}`],
    ['the agency', 'https://app.gohighlevel.com/agency_dashboard/'],
    ['data', `data:text/html,${BASE}/contacts/detail/${CONTACT}`],
    ['a blob of the app', `blob:${BASE}/contacts/detail/${CONTACT}`],
    ['a file', `file:///v2/location/${LOCATION}/contacts/detail/${CONTACT}`],
    ['no address', `/v2/location/${LOCATION}/contacts/detail/${CONTACT}`],
    ['nothing', ''],
  ])('shows nobody: %s', (_, url) => {
    expect(detectGhl(url)).toBeNull();
    expect(subjectOf(url)).toBeNull();
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl()), (url) => {
        expect(detectGhl(url)).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });
});

describe('subjectOf', () => {
  it('knows pages of both vendors, and none of a tab without an address', () => {
    expect(subjectOf('https://app.atera.com/new/ticket/4821')).toEqual({
      vendor: 'atera',
      kind: 'ticket',
      id: '4821',
    });
    expect(subjectOf(undefined)).toBeNull();
  });
});
