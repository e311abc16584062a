/**
 * Words of mailboxes that many read, or that a machine sends from: the same address does not mean the same person. Without accents,
 * as `wordsOf` leaves them. One such word anywhere in the local part is enough: what is taken for shared too often costs one click.
 */
const WORDS_BY_LANGUAGE = {
  english:
    'abuse accounting accounts accountspayable accountsreceivable admin administration administrator admissions appointment ' +
    'appointments billing booking bookings career careers claims clinic compliance contact contacts contactus customer ' +
    'customercare customers customerservice desk dispatch donation donations enquiries enquiry events facilities feedback finance ' +
    'frontdesk frontoffice hello help helpdesk helpline hiring info infos information inquiries inquiry intake invoice invoices ' +
    'invoicing jobs legal logistics mailbox maintenance manager management marketing media news newsletter office onboarding ' +
    'operations ops order orders payable payables payment payments payroll press privacy procurement purchase purchases ' +
    'purchasing quote quotes receivable receivables reception receptionist recruiting recruitment renewals reservation ' +
    'reservations returns sales schedule scheduler scheduling security service servicedesk services shared shipping shop staff ' +
    'store subscriptions supplies support team tech technician technicians ticket tickets training treasurer vendor vendors ' +
    'volunteer warehouse warranty webmaster welcome',
  machines:
    'acronis alarm alarms alert alerting alerts automated automation automatic autoreply backup backups bounce bounces copier ' +
    'daemon datto device devices donotreply hostmaster log logs mailer mailerdaemon monitor monitoring nagios netadmin noreply ' +
    'notification notifications notifier notify postmaster printer prtg quarantine reply report reporting reports robot router ' +
    'scan scanner scans scantoemail sender server status sysadmin syslog system systems undisclosed unifi veeam voicemail vulnerability ' +
    'watchdog zabbix',
  german:
    'anfrage anfragen anmeldung bestellung bestellungen bewerbung bewerbungen buchhaltung buero buro datenschutz dispo einkauf ' +
    'empfang geschaftsfuhrung geschaeftsfuehrung geschaeftsleitung hallo hausverwaltung kanzlei kontakt kundendienst kundenservice ' +
    'leitung lohn mahnung personal personalabteilung praxis rechnung rechnungen rechnungswesen reklamation rezeption sekretariat ' +
    'technik termin termine verkauf versand vertrieb verwaltung werkstatt zentrale',
  french:
    'accueil achat achats administratif assistance bonjour boutique cabinet candidature clientele clients commande commandes ' +
    'commercial communication compta comptabilite devis direction emploi facturation facture factures juridique magasin ' +
    'presse rdv recrutement renseignements reservations secretariat serviceclient technique ventes',
  spanish:
    'administracion atencion atencionalcliente ayuda citas clientes clinica compras consulta consultas contabilidad contacto ' +
    'direccion empleo facturacion facturas finanzas gerencia hola informacion oficina pedidos prensa recepcion reservas rrhh ' +
    'soporte tecnico tienda ventas',
  italian:
    'acquisti amministrazione appuntamenti assistenza commerciale contabilita contatti contatto direzione fatturazione fatture ' +
    'informazioni lavoro negozio ordini personale prenotazioni segreteria ufficio vendite',
  portuguese:
    'agendamento ajuda atendimento comercial contabilidade contato contatos escritorio faturamento faturas financeiro geral ' +
    'informacoes loja recepcao reservas secretaria suporte vendas',
  dutch:
    'administratie afspraak afspraken balie bestelling bestellingen boekhouding crediteuren debiteuren facturen factuur inkoop ' +
    'kantoor klantenservice planning praktijk receptie verkoop werkplaats winkel',
  nordic:
    'asiakaspalvelu bestilling bokforing butik butikk ekonomi faktura fakturor firmapost forsaljning kontor kundeservice ' +
    'kundservice kundtjanst laskut myynti okonomi ordre ostolaskut personalet regnskab regnskap resepsjon salg toimisto tuki',
  slavic:
    'biuro faktury fakturace ksiegowosc obchod objednavky obsluga podpora pomoc prodaja racuni recepcja rekrutacja sekretariat sklep ' +
    'sprzedaz ucetni uctarna zakaz zamowienia',
  turkish: 'bilgi destek iletisim muhasebe satis',
} as const;

/** Words that are names or initials as well: only an address of nothing else is a shared one. */
const ALONE =
  'all ap ar bot box care cron cs de en eu everyone fax global general group hi hq hr intl it local mail mails main me nas nl noc ' +
  'nobody online pa post pr rh root test uk ups us user web';

const ROLES: ReadonlySet<string> = new Set(
  Object.values(WORDS_BY_LANGUAGE).flatMap((words) => words.split(' ')),
);
const ROLES_ALONE: ReadonlySet<string> = new Set(ALONE.split(' '));

/** Dots, dashes and numbers part words; what follows a plus is the sender's own note. */
const wordsOf = (email: string): string[] =>
  email
    .replace(/[@+][\s\S]*$/u, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/gu, 'ss')
    .replace(/ø/gu, 'o')
    .replace(/ł/gu, 'l')
    .replace(/ı/gu, 'i')
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');

/** Whether an address belongs to a function or a machine rather than to one person. */
export function isRoleMailbox(email: string): boolean {
  const words = wordsOf(email);
  if (words.length === 0) return false;
  return (
    ROLES.has(words.join('')) ||
    words.some((word) => ROLES.has(word)) ||
    words.every((word) => ROLES_ALONE.has(word))
  );
}
