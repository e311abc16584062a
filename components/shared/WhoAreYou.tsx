import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FieldValue, VendorName } from '../../lib/core/contact.ts';
import { normalizeEmail } from '../../lib/core/text.ts';
import { type ErrorView, toErrorView } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { vendorWord } from './error-words.ts';
import classes from './WhoAreYou.module.css';

interface Somebody {
  id: number | string;
  name: string;
  email: FieldValue;
}

interface Props {
  vendor: VendorName;
  list: () => Promise<Somebody[]>;
  choose: (id: string) => Promise<void>;
  /** The address that the agent has in the other system: whoever has the same here is suggested. */
  email?: FieldValue | undefined;
  isSettings?: boolean;
}

/** "Who are you?": one of those whom the vendor names. An e-mail address suggests one; nothing is remembered before the agent says so. */
export function WhoAreYou({ vendor, list, choose, email: known = null, isSettings = false }: Props) {
  const [people, setPeople] = useState<Somebody[] | null>(null);
  const [chosen, setChosen] = useState('');
  const [busy, setBusy] = useState<'list' | 'save' | null>(null);
  const [failure, setFailure] = useState<ErrorView | null>(null);

  const run = async (what: 'list' | 'save', work: () => Promise<void>): Promise<void> => {
    if (busy) return;
    setBusy(what);
    setFailure(null);
    try {
      await work();
    } catch (error) {
      setFailure(toErrorView(error));
    } finally {
      setBusy(null);
    }
  };
  const words = { vendor: vendorWord(vendor) };
  const pickByEmail = (from: readonly Somebody[], email: string): void => {
    const wanted = normalizeEmail(email);
    const found = from.find((one) => one.email !== null && normalizeEmail(one.email) === wanted);
    if (found) setChosen(String(found.id));
  };
  const look = (): void =>
    void run('list', async () => {
      const found = await list();
      setPeople(found);
      if (known !== null) pickByEmail(found, known);
    });

  return (
    <div className={classes.who}>
      <p role="status" className={classes.said}>
        {busy === 'list' ? t('who.loading', words) : busy === 'save' ? t('who.saving') : ''}
      </p>
      {failure && (
        <ErrorNotice error={failure} effect="nothing-written" isSettings={isSettings} onRetry={look} />
      )}
      {people === null ? (
        <Button size="compact-sm" variant="default" disabled={busy !== null} onClick={look}>
          {t('who.choose', words)}
        </Button>
      ) : (
        <>
          {people.length > 0 && (
            <>
              <TextInput
                type="email"
                label={t('who.email', words)}
                description={t('who.emailHelp')}
                autoComplete="email"
                onChange={({ currentTarget }) => pickByEmail(people, currentTarget.value)}
              />
              <NativeSelect
                label={t('who.label', words)}
                value={chosen}
                data={[
                  { value: '', label: t('who.pick') },
                  ...people.map(({ id, name, email }) => ({
                    value: String(id),
                    label: email && email !== name ? `${name} (${email})` : name,
                  })),
                ]}
                onChange={({ currentTarget }) => setChosen(currentTarget.value)}
              />
              <Button
                size="compact-sm"
                disabled={chosen === '' || busy !== null}
                onClick={() => void run('save', () => choose(chosen))}
              >
                {t('who.remember')}
              </Button>
            </>
          )}
          <p className={classes.hint}>
            {vendor === 'atera'
              ? t(people.length > 0 ? 'who.missing' : 'who.nobody')
              : people.length > 0
                ? ''
                : t('who.nobodyInGhl')}
          </p>
          <Button size="compact-sm" variant="default" disabled={busy !== null} onClick={look}>
            {t('who.again')}
          </Button>
        </>
      )}
    </div>
  );
}
