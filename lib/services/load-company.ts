import { isAppError } from '../errors.ts';
import type { SubjectView } from '../panel-state.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import { companyRef } from './company-sides.ts';
import { failPerson, type LoadInput } from './load-parts.ts';
import { recordsOf } from './records.ts';
import { expectError, NO_PLANS } from './view-parts.ts';

/** A company has no sections of its own here: its people and tickets are read by `company-sources.ts`. */
const NO_SECTIONS: SubjectView['sections'] = {
  tasks: { status: 'off' },
  notes: { status: 'off' },
  tickets: { status: 'off' },
  comments: { status: 'off' },
  appointments: { status: 'off' },
  tags: { status: 'off' },
};

/** Reads a company and the one it is linked to, and compares them. Nobody is looked for: only an agent links companies. */
export async function loadCompany(input: LoadInput): Promise<void> {
  const { pair, subject, update, settle, readLink, dropLink, now } = input;
  const nobody = { rows: [], plans: NO_PLANS, sections: NO_SECTIONS };
  const startedAt = now();
  const ref = companyRef(pair, subject.vendor, subject.id);
  const link = await readLink(ref);
  const reading = link && recordsOf(pair, link).readPerson(link.id).then(ready, failed);
  let own: PersonRecord;
  try {
    own = await recordsOf(pair, ref).readPerson(ref.id);
  } catch (error) {
    update({ sections: NO_SECTIONS });
    failPerson({ ...input, pending: [] }, expectError(error));
    return;
  }
  update({
    headline: { number: '', title: own.view.name },
    person: { status: 'ready', value: own.view },
    gaps: [],
    asOf: { [subject.vendor]: startedAt },
    sections: NO_SECTIONS,
    ateraTags: { status: 'off' },
  });
  const other = await reading;
  if (link && other && 'error' in other && isGone(other.error)) await dropLink(ref, link);
  if (!other || ('error' in other && isGone(other.error))) {
    update({ match: { status: 'none' }, ...nobody });
    return;
  }
  if ('error' in other) {
    update({ match: { status: 'failed', error: expectError(other.error) }, ...nobody });
    return;
  }
  const counterpart = other.record;
  const records =
    subject.vendor === 'atera' ? { atera: own, ghl: counterpart } : { atera: counterpart, ghl: own };
  const compared = await settle(records, 'linked');
  // Overtaken: what is shown by now is newer.
  if (!compared) return;
  const match = { status: 'linked', evidence: [{ kind: 'linked' }], counterpart: counterpart.view } as const;
  update({
    ...compared,
    match: { ...match, evidence: [...match.evidence] },
    asOf: { [counterpart.contact.ref.vendor]: startedAt },
  });
}

const ready = (record: PersonRecord) => ({ record });
const failed = (error: unknown) => ({ error });
/** The linked company does not exist any more. */
const isGone = (error: unknown): boolean => isAppError(error) && error.code === 'not_found';
