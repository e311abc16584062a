import { Button } from '@mantine/core';
import { refKey } from '../../../lib/core/contact.ts';
import { t, tCount } from '../../../lib/i18n.ts';
import type { CreationResult, PersonView } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { OpenLink } from '../../shared/OpenLink.tsx';
import classes from './Create.module.css';

interface Props {
  result: CreationResult;
  /** Asks once more what came of it; sends nothing again. */
  onLookAgain: () => void;
}

/** What came of a creation: what is there now, or what that it failed means for the data. */
export function OutcomeBody({ result, onLookAgain }: Props) {
  const { vendor: name, error, people } = result;
  const vendor = vendorWord(name);
  switch (result.state) {
    case 'created':
      return <Created result={result} />;
    case 'found':
      return (
        <div role="alert" className={classes.list}>
          <p>{t(result.isCompany ? 'create.foundCompany' : 'create.found', { vendor })}</p>
          <People people={people} />
          <p className={classes.soft}>
            {t(result.isCompany ? 'create.foundCompanyNext' : 'create.foundNext')}
          </p>
        </div>
      );
    case 'conflict':
    case 'failed':
      return (
        <ErrorNotice
          error={error ?? { code: 'internal', vendor: name }}
          {...(error?.input === 'customer' && error.code === 'conflict'
            ? { title: t('create.changedCompany') }
            : {})}
          effect="nothing-written"
        />
      );
    case 'queued':
      if (!error) return <p role="status">{t('create.busy', { vendor })}</p>;
      return (
        <ErrorNotice
          error={error}
          title={t('create.queued', { vendor })}
          next={t('create.queuedNext')}
          effect="nothing-written"
        />
      );
    case 'unknown':
      return (
        <>
          <ErrorNotice
            error={error ?? { code: 'internal', vendor: name }}
            title={t('create.unclear', { vendor })}
            effect="unknown"
          />
          <p>{t(result.isCompany ? 'create.unclearCompanyNext' : 'create.unclearNext', { vendor })}</p>
          {people.length > 0 && (
            <p>{t(result.isCompany ? 'create.unclearCompanies' : 'create.unclearPeople')}</p>
          )}
          <People people={people} />
          <div className={classes.buttons}>
            <Button size="compact-sm" variant="default" onClick={onLookAgain}>
              {t('create.lookAgain')}
            </Button>
          </div>
        </>
      );
  }
}

function Created({ result }: { result: CreationResult }) {
  const { vendor: name, created, personName, fields, isLinked } = result;
  const vendor = vendorWord(name);
  const ignored = fields.filter(({ stored }) => !stored);
  return (
    <div role="status" className={classes.list}>
      <p className={classes.name}>
        <span dir="auto">{t('create.created', { vendor, name: created?.name ?? personName })}</span>
        <OpenLink
          url={created?.url ?? null}
          label={t('person.openItem', { title: created?.name ?? personName, vendor })}
        />
      </p>
      {ignored.length === 0 ? (
        <p className={classes.soft}>{tCount('create.checked', fields.length)}</p>
      ) : (
        <>
          <p>{t('create.notStored', { vendor })}</p>
          <ul>
            {ignored.map(({ field, sent, found }) => (
              <li key={field} dir="auto">
                {t('create.notStoredField', {
                  field: t(`field.${field}`),
                  sent: sent ?? t('field.empty'),
                  found: found ?? t('field.empty'),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={classes.soft}>{t(isLinked ? 'create.linked' : 'create.notLinked')}</p>
    </div>
  );
}

function People({ people }: { people: readonly PersonView[] }) {
  return (
    <ul>
      {people.map((person) => (
        <li key={refKey(person.ref)} dir="auto">
          {[person.name, person.email, person.phone].filter(Boolean).join(' · ')}{' '}
          <OpenLink
            url={person.url}
            label={t('person.openItem', { title: person.name, vendor: vendorWord(person.ref.vendor) })}
          />
        </li>
      ))}
    </ul>
  );
}
