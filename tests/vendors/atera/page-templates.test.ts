import { describe, expect, it } from 'vitest';
import { detectByTemplate, templateOf } from '../../../lib/vendors/atera/page-templates.ts';

const at = (path: string) => `https://app.atera.com${path}`;

describe('templateOf', () => {
  it.each([
    ['/new/contact/1048101', '/new/contact/{id}', '1048101'],
    ['/new/contact/1048101/', '/new/contact/{id}', '1048101'],
    ['/new/contact/1048101/tickets', '/new/contact/{id}', '1048101'],
    ['/new/rmm/end-users/7?tab=2', '/new/rmm/end-users/{id}', '7'],
    ['/new/contact/1048101#top', '/new/contact/{id}', '1048101'],
    ['/Admin#/contact/1048101', '#/contact/{id}', '1048101'],
    ['/Admin#/contact/1048101?x=5', '#/contact/{id}', '1048101'],
  ])('%s is %s with %s', (path, template, id) => {
    expect(templateOf(at(path))).toEqual({ template, id });
  });

  it.each([
    ['a known page', at('/new/ticket/4821')],
    ['a known page of the old app', at('/Admin#/ticket/4821')],
    ['no number', at('/new/dashboard')],
    ['two numbers', at('/new/customers-list/311/contact/1048101')],
    ['a leading zero', at('/new/contact/0123')],
    ['a number of 17 digits', at('/new/contact/12345678901234567')],
    ['a guid beside the number', at('/new/device/5f1c0000-0000-4000-8000-000000000000/7')],
    ['an encoded part', at('/new/con%20tact/7')],
    ['an empty part', at('/new//contact/7')],
    ['no word before the number', at('/7')],
    ['a part of another script', at('/new/контакт/7')],
    ['a very long address', at(`/${'abcdefghij/'.repeat(40)}7`)],
    ['another scheme', 'http://app.atera.com/new/contact/7'],
    ['another host', 'https://app.atera.com.evil.example/new/contact/7'],
    ['another port', 'https://app.atera.com:8443/new/contact/7'],
    ['the name as user', 'https://app.atera.com@evil.example/new/contact/7'],
    ['a GHL page', 'https://app.gohighlevel.com/v2/location/7'],
    ['no address', 'nonsense'],
    ['somebody’s name before the number', at('/new/contact/john-doe/123')],
    ['a name like a word', at('/new/contact/whitfield/123')],
    ['a device', at('/new/rmm/devices/456')],
    ['a device of old addresses', at('/new/rmm/device/456/agent-info')],
    ['a record of another kind', at('/new/contracts/7')],
  ])('%s has none', (_, url) => {
    expect(templateOf(url)).toBeNull();
  });
});

describe('detectByTemplate', () => {
  const known = [
    { template: '/new/contact/{id}', kind: 'contact' },
    { template: '#/firm/{id}', kind: 'customer' },
  ] as const;

  it('recognises pages with a marked address, sub-tabs included', () => {
    expect(detectByTemplate(at('/new/contact/9/notes'), known)).toEqual({
      vendor: 'atera',
      kind: 'contact',
      id: '9',
    });
    expect(detectByTemplate(at('/Admin#/firm/311'), known)).toEqual({
      vendor: 'atera',
      kind: 'customer',
      id: '311',
    });
  });

  it('recognises nothing else', () => {
    for (const path of [
      '/new/contacts/9',
      '/new/rmm/contact/9',
      '/firm/311',
      '/Admin#/contact/9',
      '/new/contact',
    ]) {
      expect(detectByTemplate(at(path), known)).toBeNull();
    }
    expect(detectByTemplate(undefined, known)).toBeNull();
    expect(detectByTemplate(at('/new/contact/9'), [])).toBeNull();
  });

  it('a known page is never what a template says', () => {
    expect(
      detectByTemplate(at('/new/ticket/4821'), [{ template: '/new/ticket/{id}', kind: 'contact' }]),
    ).toBeNull();
  });
});
