import { describe, expect, it } from 'vitest';
import { isRoleMailbox } from '../../lib/core/role-mailbox.ts';

/** Local parts, by why they are no single person's. */
const SHARED: Record<string, string> = {
  'one word, however it is written':
    'info no-reply noreply no_reply do-not-reply donotreply do.not.reply help+42 customer.service customerservice front-desk ' +
    'frontdesk help.desk accounts-payable contact_us',
  'with a place, a number, or another function':
    'info-us info2 support1 sales.berlin berlin-sales it-support hr.team 24h-service',
  'short, and nothing else': 'ap ar hr it pr mail post web-mail it.us',
  'a function': 'manager scheduling appointments dispatch payroll shared quotes',
  'a machine whose mail becomes tickets':
    'alerts notifications backup backups scanner scan2 mailer-daemon nagios veeam.backup monitoring voicemail printer.2nd server01 ' +
    'ups prtg system reports',
  German: 'kontakt praxis buero büro buchhaltung rechnungen empfang vertrieb geschäftsführung',
  French: 'accueil comptabilité compta secretariat factures service-client commandes',
  Spanish: 'ventas facturación atencion.al.cliente recepcion contacto soporte citas',
  Italian: 'amministrazione segreteria fatture contabilità ordini',
  Portuguese: 'vendas financeiro recepção atendimento contato',
  Dutch: 'verkoop boekhouding klantenservice facturen balie',
  Nordic: 'salg økonomi försäljning faktura kundeservice myynti',
  'Slavic and Turkish': 'biuro księgowość sprzedaż podpora satış muhasebe',
};
const PEOPLE =
  'dana dana.whitfield d.whitfield dwhitfield3 informant dana+info dana+support emily.post a.p ap.smith it.jones helpman officer ' +
  'teamo monitorio salesman.x müller jørgen 王伟 4155550137 sam2001';

describe('isRoleMailbox', () => {
  it.each(Object.entries(SHARED))('knows a shared mailbox: %s', (_why, locals) => {
    const missed = locals
      .split(' ')
      .filter(
        (local) => !isRoleMailbox(`${local}@x.example`) || !isRoleMailbox(`${local}@x.example`.toUpperCase()),
      );
    expect(missed).toEqual([]);
  });

  it('takes nobody for a mailbox by a part of their name, by their domain, or by what follows a plus', () => {
    expect(PEOPLE.split(' ').filter((local) => isRoleMailbox(`${local}@info.example`))).toEqual([]);
  });

  it.each(['', '@x.example', 'dana'])('answers for %j too', (email) => {
    expect(isRoleMailbox(email)).toBe(false);
  });
});
