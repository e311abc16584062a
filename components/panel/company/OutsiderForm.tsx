import { Button, Checkbox } from '@mantine/core';
import { useId, useState } from 'react';
import { type Ref, refKey } from '../../../lib/core/contact.ts';
import { t, tCount } from '../../../lib/i18n.ts';
import type { CompanyOutsiders, Joiner, Outsider } from '../../../lib/panel-state.ts';
import { errorWords, vendorWord } from '../../shared/error-words.ts';
import createClasses from '../create/Create.module.css';
import { usePanel } from '../panel-context.ts';
import classes from './Company.module.css';

interface Props {
  version: number;
  /** The company on screen. */
  company: Ref;
  found: CompanyOutsiders;
  onSent: (jobId: string) => void;
}

/** Whom to put into the linked company. Whoever is in another one there is left where they are unless the agent says so. */
export function OutsiderForm({ version, company, found, onSent }: Props) {
  const { vendor, to, people } = found;
  const joinCompany = usePanel((store) => store.joinCompany);
  const isBusy = usePanel((store) => store.jobBusy !== null);
  const costId = useId();
  const [ticked, setTicked] = useState<readonly string[]>(() =>
    people.filter(({ from }) => from === null).map(keyOf),
  );
  /** By who was ticked: pressed twice, it is one; with others it is another one. */
  const [presses] = useState(() => new Map<string, string>());
  const chosen = people.filter((one) => ticked.includes(keyOf(one)));
  const moves = chosen.filter(({ from }) => from !== null).length;
  const words = { name: to.name, vendor: vendorWord(vendor) };
  const send = async (): Promise<void> => {
    const wish = chosen.map(keyOf).join(' ');
    const press = presses.get(wish) ?? crypto.randomUUID();
    presses.set(wish, press);
    const job = await joinCompany({
      version,
      company,
      id: press,
      to,
      people: chosen.map(
        ({ person, name, contact, isLinked, from }): Joiner => ({ person, name, contact, isLinked, from }),
      ),
    });
    if (job !== null) onSent(job);
  };
  return (
    <>
      {people.length === 0 ? (
        <p>{t('outsiders.nobody', words)}</p>
      ) : (
        <fieldset className={createClasses.group}>
          <legend className={classes.fact}>{t('outsiders.legend', words)}</legend>
          <div className={createClasses.list}>
            {people.map((one) => (
              <Checkbox
                key={keyOf(one)}
                size="sm"
                label={<bdi>{one.name}</bdi>}
                description={<Facts one={one} vendor={words.vendor} />}
                checked={ticked.includes(keyOf(one))}
                disabled={isBusy}
                onChange={({ currentTarget }) =>
                  setTicked(
                    currentTarget.checked
                      ? [...ticked, keyOf(one)]
                      : ticked.filter((other) => other !== keyOf(one)),
                  )
                }
              />
            ))}
          </div>
        </fieldset>
      )}
      {restWords(found).map((text) => (
        <p key={text} className={classes.fact}>
          {text}
        </p>
      ))}
      {people.length > 0 && (
        <>
          <p id={costId} className={classes.fact}>
            {chosen.length === 0
              ? t('outsiders.costNone')
              : [
                  tCount(vendor === 'ghl' ? 'outsiders.costGhl' : 'outsiders.costAtera', chosen.length),
                  moves > 0 ? tCount('outsiders.moves', moves) : '',
                ].join(' ')}
          </p>
          <div className={classes.buttons}>
            <Button
              size="compact-sm"
              aria-describedby={costId}
              disabled={chosen.length === 0 || isBusy}
              onClick={() => void send()}
            >
              {tCount('outsiders.button', chosen.length, words)}
            </Button>
          </div>
        </>
      )}
    </>
  );
}

const keyOf = ({ contact }: Outsider): string => refKey(contact);

/** What tells them apart, who they are there, and where. */
function Facts({
  one: { name, email, contactName, from, isLinked },
  vendor,
}: {
  one: Outsider;
  vendor: string;
}) {
  return (
    <>
      {email !== null && (
        <>
          <bdi>{email}</bdi>
          {' · '}
        </>
      )}
      {t(isLinked ? 'outsiders.linked' : 'outsiders.byEmail')}
      {contactName !== name && (
        <>
          {' · '}
          {t('outsiders.called', { vendor })} <bdi>{contactName}</bdi>
        </>
      )}
      {' · '}
      {from === null ? (
        t('outsiders.nowhere')
      ) : (
        <>
          {t('companySet.now')} <bdi>{from.name}</bdi>
        </>
      )}
    </>
  );
}

/** Whoever is not in the list, and why. */
function restWords({
  vendor: there,
  to: { name },
  inside,
  uncertain,
  failed,
  left,
}: CompanyOutsiders): string[] {
  const vendor = vendorWord(there);
  return [
    inside > 0 ? tCount('outsiders.inside', inside, { name }) : '',
    uncertain > 0 ? tCount('outsiders.uncertain', uncertain, { vendor }) : '',
    failed ? tCount('outsiders.unread', failed.count, { why: errorWords(failed.error).what }) : '',
    left > 0 ? tCount('outsiders.left', left) : '',
  ].filter(Boolean);
}
