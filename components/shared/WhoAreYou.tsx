import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { normalizeEmail } from '../../lib/core/text.ts';
import { type ErrorView, toErrorView } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import type { Technician } from '../../lib/panel-state.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import classes from './WhoAreYou.module.css';

interface Props {
  list: () => Promise<Technician[]>;
  choose: (id: number) => Promise<void>;
  isSettings?: boolean;
}

/** "Who are you in Atera?": one of the technicians whom tickets name. The own e-mail address picks one; nobody is preselected. */
export function WhoAreYou({ list, choose, isSettings = false }: Props) {
  const [technicians, setTechnicians] = useState<Technician[] | null>(null);
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
  const look = (): void => void run('list', async () => setTechnicians(await list()));
  const pickByEmail = (email: string): void => {
    const found = technicians?.find((technician) => technician.email === normalizeEmail(email));
    if (found) setChosen(String(found.id));
  };

  return (
    <div className={classes.who}>
      <p role="status" className={classes.said}>
        {busy === 'list' ? t('who.loading') : busy === 'save' ? t('who.saving') : ''}
      </p>
      {failure && (
        <ErrorNotice error={failure} effect="nothing-written" isSettings={isSettings} onRetry={look} />
      )}
      {technicians === null ? (
        <Button size="compact-sm" variant="default" disabled={busy !== null} onClick={look}>
          {t('who.choose')}
        </Button>
      ) : (
        <>
          {technicians.length > 0 && (
            <>
              <TextInput
                type="email"
                label={t('who.email')}
                description={t('who.emailHelp')}
                autoComplete="email"
                onChange={({ currentTarget }) => pickByEmail(currentTarget.value)}
              />
              <NativeSelect
                label={t('who.label')}
                value={chosen}
                data={[
                  { value: '', label: t('who.pick') },
                  ...technicians.map(({ id, name, email }) => ({
                    value: String(id),
                    label: email && email !== name ? `${name} (${email})` : name,
                  })),
                ]}
                onChange={({ currentTarget }) => setChosen(currentTarget.value)}
              />
              <Button
                size="compact-sm"
                disabled={chosen === '' || busy !== null}
                onClick={() => void run('save', () => choose(Number(chosen)))}
              >
                {t('who.remember')}
              </Button>
            </>
          )}
          <p className={classes.hint}>{t(technicians.length > 0 ? 'who.missing' : 'who.nobody')}</p>
          <Button size="compact-sm" variant="default" disabled={busy !== null} onClick={look}>
            {t('who.again')}
          </Button>
        </>
      )}
    </div>
  );
}
