import { Checkbox } from '@mantine/core';
import type { VendorName } from '../../../lib/core/contact.ts';
import { t, tCount } from '../../../lib/i18n.ts';
import type { BringOffer } from '../../../lib/panel/bringing.ts';
import classes from './Create.module.css';

/** What the agent wants to take along. */
export interface Brought {
  work: boolean;
  tags: boolean;
  notes: boolean;
}
export const NOTHING_BROUGHT: Brought = { work: false, tags: false, notes: false };

interface Props {
  offer: BringOffer;
  target: VendorName;
  chosen: Brought;
  isBusy: boolean;
  onChange: (chosen: Brought) => void;
}

/** Open work, tags and notes that go along, to be ticked; each is listed before it is written. */
export function BringAlong({ offer, target, chosen, isBusy, onChange }: Props) {
  const { work, tags, notes, secrets, isNobody } = offer;
  if (work.length + tags.length + notes.length + secrets === 0) return null;
  const way = target === 'atera' ? 'Atera' : 'Ghl';
  // Notes need a ticket to stand on.
  const canNotes = chosen.work && work.length > 0;
  const rows = [
    { name: 'work', label: tCount(`bring.work${way}`, work.length), texts: work.map(({ title }) => title) },
    { name: 'tags', label: tCount('bring.tags', tags.length), texts: tags },
    { name: 'notes', label: tCount('bring.notes', notes.length), texts: notes.map(({ title }) => title) },
  ] as const;
  return (
    <fieldset className={classes.group}>
      <legend>{t('bring.title')}</legend>
      <ul className={classes.list}>
        {rows
          .filter(({ texts }) => texts.length > 0)
          .map(({ name, label, texts }) => (
            <li key={name}>
              <Checkbox
                size="sm"
                label={label}
                description={name === 'notes' && !canNotes ? t('bring.notesNeedTicket') : undefined}
                checked={chosen[name] && (name !== 'notes' || canNotes)}
                disabled={isBusy || (name === 'notes' && !canNotes)}
                onChange={({ currentTarget }) => onChange({ ...chosen, [name]: currentTarget.checked })}
              />
              <details className={classes.soft}>
                <summary>{t('bring.which')}</summary>
                <ul>
                  {[...new Set(texts)].map((text) => (
                    <li key={text} dir="auto">
                      {text}
                    </li>
                  ))}
                </ul>
              </details>
            </li>
          ))}
      </ul>
      {secrets > 0 && <p className={classes.soft}>{tCount('bring.secrets', secrets)}</p>}
      {isNobody && <p className={classes.soft}>{t('bring.nobody')}</p>}
    </fieldset>
  );
}
