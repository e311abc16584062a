import { type GeneratedI18nStructure, i18n } from '#i18n';

/** Every key of the locale files. Hyphens are not allowed in them: `wordKey` turns a code into its key. */
export type MessageKey = Exclude<keyof GeneratedI18nStructure, `@@${string}`>;
export type Words = Readonly<Record<string, string | number>>;

/** The generated signature asks for exactly the words of one key; keys made of codes (`error.<code>.what`) need a looser one. */
const translate = i18n.t as (key: string, ...args: (number | Words)[]) => string;

export const t = (key: MessageKey, words?: Words): string => (words ? translate(key, words) : translate(key));

/** Plural form for `count`, which is also the word `$1`. */
export const tCount = (key: MessageKey, count: number, words: Words = {}): string =>
  translate(key, count, words);

type Snake<S extends string> = S extends `${infer A}-${infer B}` ? `${A}_${Snake<B>}` : S;

export const wordKey = <S extends string>(code: S): Snake<S> => code.replaceAll('-', '_') as Snake<S>;
