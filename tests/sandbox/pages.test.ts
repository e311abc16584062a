// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { createSandbox, SCENES } from '../../lib/sandbox/index.ts';
import { createPages, isApiPath } from '../../lib/sandbox/pages.ts';
import { NOW } from './client.ts';

const setup = () => {
  const sandbox = createSandbox({ now: () => NOW, ids: 'served' });
  const pages = createPages(sandbox);
  const scenes = SCENES.served;
  const inLocation = (rest: string): string => `/v2/location/${sandbox.ghl.locationId}/${rest}`;
  const open = async (vendor: 'atera' | 'ghl', path: string) => {
    const response = await pages[vendor].fetch(new Request(`https://any.example${path}`));
    const text = await response.text();
    return { response, document: new DOMParser().parseFromString(text, 'text/html') };
  };
  /** What the page's script fetches when the address changes. */
  const view = async (vendor: 'atera' | 'ghl', path: string) => {
    const response = await pages[vendor].fetch(
      new Request(`https://any.example/stand-in/view?path=${encodeURIComponent(path)}`),
    );
    const { title, html } = (await response.json()) as { title: string; html: string };
    return { title, document: new DOMParser().parseFromString(html, 'text/html') };
  };
  return { sandbox, scenes, inLocation, open, view };
};

describe('stand-in pages', () => {
  it('show tickets, customers and contacts at the paths of Atera', async () => {
    const { open, scenes, sandbox } = setup();
    const { ticketId, ateraContactId } = scenes.main;
    for (const [path, heading] of [
      [`/new/ticket/${ticketId}`, 'Printer offline again'],
      [`/new/tickets/${ticketId}?tab=notes`, 'Printer offline again'],
      [`/new/rmm/ticket/${ticketId}`, 'Printer offline again'],
      ['/new/tickets', 'Tickets'],
      ['/new/customers', 'Customers'],
      ['/new/customer/311', 'Bright Smile Dental'],
      [`/new/contact/${ateraContactId}`, 'Dana Whitfield'],
      [`/new/rmm/device/${sandbox.state.atera.agents[0]?.DeviceGuid}/agent`, 'BSD-FRONT-01'],
      [`/new/rmm/device/${sandbox.state.atera.snmpDevices[0]?.DeviceGuid}/snmp`, 'Reception printer'],
    ] as const) {
      const { response, document } = await open('atera', path);
      expect(response.status, path).toBe(200);
      expect(document.querySelector('h1')?.textContent).toBe(heading);
    }
  });

  it('show old addresses with the id behind the hash', async () => {
    const { view, open, scenes } = setup();
    expect((await open('atera', '/Admin')).response.status).toBe(200);
    const { title, document } = await view('atera', `/Admin#/ticket/${scenes.main.ticketId}`);
    expect(title).toBe('#4821 Printer offline again');
    const next = [...document.querySelectorAll('a[data-nav]')].map((link) => link.getAttribute('href'));
    expect(next).toContain('/Admin#/ticket/4812');
  });

  it('show contacts and conversations at the paths of GHL', async () => {
    const { open, inLocation, scenes, sandbox } = setup();
    const contact = `contacts/detail/${scenes.main.ghlContactIds[0]}`;
    const conversation = `conversations/conversations/${sandbox.state.ghl.conversations[0]?.id}`;
    for (const path of [contact, conversation]) {
      for (const full of [inLocation(path), inLocation(path).replace('/v2', '')]) {
        const { response, document } = await open('ghl', full);
        expect(response.status, full).toBe(200);
        expect(document.querySelector('h1')?.textContent).toBe('Dana Whitfeld');
      }
    }
    const opportunity = sandbox.state.ghl.opportunities[0];
    const { document } = await open('ghl', inLocation(`opportunities/list/${opportunity?.id}`));
    expect(document.querySelector('h1')?.textContent).toBe(opportunity?.name);
    for (const path of [
      'contacts/smart_list/All',
      'conversations/conversations',
      'businesses/list',
      'dashboard',
    ]) {
      expect((await open('ghl', inLocation(path))).response.status).toBe(200);
    }
    const other = inLocation(contact).replace(sandbox.ghl.locationId, 'AAAAAAAAAAAAAAAAAAAA');
    expect((await open('ghl', other)).response.status).toBe(404);
  });

  it('show the records as they are now', async () => {
    const { view, inLocation, scenes, sandbox } = setup();
    const contact = sandbox.state.ghl.contacts.find(({ id }) => id === scenes.main.ghlContactIds[0]);
    if (contact) contact.lastName = 'Changed';
    const { document } = await view('ghl', inLocation(`contacts/detail/${contact?.id}`));
    expect(document.body.textContent).toContain('Dana Changed');
  });

  it('answer 404 for what is not there', async () => {
    const { open } = setup();
    expect((await open('atera', '/new/ticket/1')).response.status).toBe(404);
    expect((await open('ghl', '/agency_dashboard')).response.status).toBe(404);
  });

  it('show hostile markup as text, and would not run it anyway', async () => {
    const { open, view, inLocation, scenes, sandbox } = setup();
    const { ticketId, ateraContactId, ghlContactIds } = scenes.hostile;
    const conversation = sandbox.state.ghl.conversations.find(
      ({ contactId }) => contactId === ghlContactIds[0],
    )?.id;
    const paths = [
      ['atera', `/new/ticket/${ticketId}`],
      ['atera', `/new/contact/${ateraContactId}`],
      ['atera', '/new/tickets'],
      ['atera', '/new/customer/338'],
      ['ghl', inLocation(`contacts/detail/${ghlContactIds[0]}`)],
      ['ghl', inLocation(`conversations/conversations/${conversation}`)],
      ['ghl', inLocation('contacts/smart_list/All')],
    ] as const;
    for (const [vendor, path] of paths) {
      const full = await open(vendor, path);
      expect([...full.document.scripts].map((script) => [script.getAttribute('src'), script.text])).toEqual([
        ['/stand-in/app.js', ''],
      ]);
      for (const { document } of [full, await view(vendor, path)]) {
        expect(document.querySelectorAll('img, iframe, object, embed, form, b').length, path).toBe(0);
        const attributes = [...document.querySelectorAll('*')].flatMap((element) =>
          element.getAttributeNames(),
        );
        expect(attributes.filter((name) => name.startsWith('on'))).toEqual([]);
        const links = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '');
        expect(links.every((href) => href.startsWith('/'))).toBe(true);
        expect(document.body.textContent).toContain('<script>alert(');
      }
      const policy = full.response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
    }
  });

  it('load script and style from files of their own', async () => {
    const { open, sandbox } = setup();
    const { document } = await open('atera', '/new/tickets');
    expect(document.querySelectorAll('style, [style], script:not([src])')).toHaveLength(0);
    const pages = createPages(sandbox);
    for (const [path, type] of [
      ['/stand-in/app.js', 'text/javascript; charset=utf-8'],
      ['/stand-in/style.css', 'text/css; charset=utf-8'],
    ] as const) {
      const file = await pages.ghl.fetch(new Request(`https://any.example${path}`));
      expect(file.headers.get('content-type')).toBe(type);
    }
  });

  it('share a port with the API', () => {
    expect(isApiPath('atera', '/api/v3/account')).toBe(true);
    expect(isApiPath('atera', '/new/ticket/1')).toBe(false);
    expect(isApiPath('ghl', '/contacts/abc')).toBe(true);
    expect(isApiPath('ghl', '/v2/location/x/contacts/detail/y')).toBe(false);
    expect(isApiPath('ghl', '/location/x/contacts/detail/y')).toBe(false);
  });
});
