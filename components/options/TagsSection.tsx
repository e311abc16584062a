import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { tagRulesKey } from '../../lib/core/tag-rules.ts';
import { t } from '../../lib/i18n.ts';
import type { WorkStore } from '../../lib/panel/work-store.ts';
import type { TagFieldView } from '../../lib/panel-state.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { vendorWord } from '../shared/error-words.ts';
import { FieldProblem } from '../shared/FieldProblem.tsx';
import classes from './Options.module.css';
import { TagRulesForm } from './TagRulesForm.tsx';

const SUGGESTED = 'GHL tags';
/** Atera takes the name as a part of an address, where these are not safe. */
const UNSAFE = /[/&?#%\\]/u;

/** Which custom field of Atera contacts holds tags. */
export function TagsSection({ store }: { store: StoreApi<WorkStore> }) {
  const state = useStore(store);
  const { tagField, tagRules, failure } = state;
  return (
    <section id="tags" className={classes.section} aria-labelledby="tags-title">
      <h2 id="tags-title">{t('options.tags')}</h2>
      <p className={classes.soft}>{t('tagField.intro')}</p>
      {failure && failure.of !== 'you' && failure.of !== 'taskRules' && (
        <ErrorNotice isSettings error={failure.error} onRetry={() => void state.load()} />
      )}
      {tagField === undefined && !failure && <p className={classes.soft}>{t('tagField.loading')}</p>}
      {tagField === null && <p className={classes.soft}>{t('tagField.notConnected')}</p>}
      {tagField && <FieldForm key={tagField.name} field={tagField} state={state} />}
      {tagField?.state === 'ready' && tagRules && (
        <TagRulesForm key={tagRulesKey(tagRules)} rules={tagRules} state={state} />
      )}
    </section>
  );
}

function FieldForm({ field, state }: { field: TagFieldView; state: WorkStore }) {
  const [name, setName] = useState(field.name ?? SUGGESTED);
  const [isTried, setTried] = useState(false);
  const isValid = name.trim() !== '' && !UNSAFE.test(name);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isValid) void state.setTagField(name.trim());
  };
  return (
    <div className={classes.card}>
      <form className={classes.group} onSubmit={submit} aria-label={t('options.tags')}>
        <TextInput
          label={t('tagField.name')}
          value={name}
          maxLength={100}
          autoComplete="off"
          error={isTried && !isValid ? t('tagField.invalid') : undefined}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button
          type="submit"
          size="compact-sm"
          variant="default"
          className={classes.submit}
          disabled={state.isBusy}
        >
          {t('tagField.save')}
        </Button>
      </form>
      <p role="status">
        {state.isBusy
          ? t('tagField.checking', { vendor: vendorWord('atera') })
          : field.state === 'ready'
            ? t('tagField.ready', { field: field.name ?? '' })
            : field.state === 'off'
              ? t('tagField.isOff')
              : ''}
      </p>
      <FieldProblem isSettings vendor="atera" field={field} check={state.checkTagField} />
      {field.state !== 'off' && (
        <Button
          size="compact-sm"
          variant="default"
          className={classes.submit}
          disabled={state.isBusy}
          onClick={() => void state.setTagField(null)}
        >
          {t('tagField.off')}
        </Button>
      )}
    </div>
  );
}
