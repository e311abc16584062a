import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { MappingDirection } from '../../lib/core/mapping.ts';
import { lintTagRules, MAX_RENAMES, type TagRename, type TagRules } from '../../lib/core/tag-rules.ts';
import { t, wordKey } from '../../lib/i18n.ts';
import type { WorkStore } from '../../lib/panel/work-store.ts';
import { vendorWord } from '../shared/error-words.ts';
import classes from './Options.module.css';

const DIRECTIONS: readonly MappingDirection[] = ['both', 'to-atera', 'to-ghl', 'never'];
/** A row keeps its inputs while others come and go. */
interface Row extends TagRename {
  key: number;
}

/** How tags of both systems belong together: which way, which take part, and which are called differently. */
export function TagRulesForm({ rules, state }: { rules: TagRules; state: WorkStore }) {
  const [direction, setDirection] = useState(rules.direction);
  const [prefix, setPrefix] = useState(rules.prefix);
  const [rows, setRows] = useState<Row[]>(() => rules.rename.map((one, key) => ({ ...one, key })));
  const [isTried, setTried] = useState(false);
  const next: TagRules = { direction, prefix, rename: rows.map(({ ghl, atera }) => ({ ghl, atera })) };
  const faults = isTried ? lintTagRules(next) : [];
  const faultOf = (row: number | null): string | undefined => {
    const fault = faults.find((one) => one.row === row);
    return fault && t(`tagRules.problem.${wordKey(fault.problem)}`);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (lintTagRules(next).length === 0) void state.setTagRules(next);
  };
  const change = (key: number, part: Partial<TagRename>): void =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <form className={classes.card} onSubmit={submit} aria-label={t('tagRules.title')}>
      <h3>{t('tagRules.title')}</h3>
      <NativeSelect
        label={t('tagRules.direction')}
        value={direction}
        data={DIRECTIONS.map((value) => ({ value, label: t(`tagRules.way.${wordKey(value)}`) }))}
        onChange={({ currentTarget }) => {
          const chosen = DIRECTIONS.find((one) => one === currentTarget.value);
          if (chosen) setDirection(chosen);
        }}
      />
      <TextInput
        label={t('tagRules.prefix')}
        description={t('tagRules.prefixWhy')}
        value={prefix}
        maxLength={50}
        autoComplete="off"
        error={faultOf(null)}
        onChange={({ currentTarget }) => setPrefix(currentTarget.value)}
      />
      <fieldset>
        <legend>{t('tagRules.rename')}</legend>
        {rows.length === 0 && <p className={classes.soft}>{t('tagRules.noRename')}</p>}
        {rows.map(({ key, ghl, atera }, index) => {
          const number = index + 1;
          return (
            <div key={key}>
              <TextInput
                label={t('tagRules.name', { vendor: vendorWord('ghl'), number })}
                value={ghl}
                maxLength={200}
                autoComplete="off"
                error={faultOf(index)}
                onChange={({ currentTarget }) => change(key, { ghl: currentTarget.value })}
              />
              <TextInput
                label={t('tagRules.name', { vendor: vendorWord('atera'), number })}
                value={atera}
                maxLength={200}
                autoComplete="off"
                error={faultOf(index) !== undefined}
                onChange={({ currentTarget }) => change(key, { atera: currentTarget.value })}
              />
              <Button
                size="compact-sm"
                variant="subtle"
                aria-label={t('tagRules.removeRow', { number })}
                onClick={() => setRows(rows.filter((row) => row.key !== key))}
              >
                {t('tagRules.remove')}
              </Button>
            </div>
          );
        })}
        <Button
          size="compact-sm"
          variant="default"
          disabled={rows.length >= MAX_RENAMES}
          onClick={() =>
            setRows([...rows, { ghl: '', atera: '', key: Math.max(-1, ...rows.map((row) => row.key)) + 1 }])
          }
        >
          {t('tagRules.add')}
        </Button>
      </fieldset>
      <Button
        type="submit"
        size="compact-sm"
        variant="default"
        className={classes.submit}
        disabled={state.isBusy}
      >
        {t('tagRules.save')}
      </Button>
      <p role="status">{state.done === 'tagRules' ? t('tagRules.saved') : ''}</p>
    </form>
  );
}
