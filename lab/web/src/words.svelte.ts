import type { Language, Step, Words } from './model/events';

const KEPT_LANGUAGE = 'akushu-lab-language';

/** Made before they are needed: the first one of a tab takes the browser as long as it takes to draw half a run. */
const NUMBERS: Record<Language, Intl.NumberFormat> = { en: new Intl.NumberFormat('en'), ja: new Intl.NumberFormat('ja') };

let spoken = $state<Language>('en');
let texts = $state.raw<Record<Language, Record<string, string>>>({ en: {}, ja: {} });

/** Begins with `given` if there is such, otherwise with the language that was chosen last, otherwise with the browser's. */
export function beginWords(words: Record<Language, Record<string, string>>, given?: Language): void {
  texts = words;
  const last = localStorage.getItem(KEPT_LANGUAGE);
  const known = last === 'ja' || last === 'en' ? last : navigator.language.startsWith('ja') ? 'ja' : 'en';
  speak(given ?? known);
}

/** The language that an address asks for by its query, as `akushu lab --lang` has it printed. */
export function languageIn(query: string): Language | undefined {
  const asked = new URLSearchParams(query).get('lang');
  return asked === 'ja' || asked === 'en' ? asked : undefined;
}

export function language(): Language {
  return spoken;
}

export function speak(chosen: Language): void {
  spoken = chosen;
  localStorage.setItem(KEPT_LANGUAGE, chosen);
  document.documentElement.lang = chosen;
  document.title = t('title');
}

/** The text called `key` in the present language, with `values` at the places of their names. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const text = texts[spoken][key];
  if (text === undefined) {
    throw new Error(`there is no text ${key}`);
  }
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** A step in the present language. */
export function wordsOf(step: Step): Words {
  return step[spoken];
}

/** A number as the present language writes it. */
export function amount(value: number): string {
  return NUMBERS[spoken].format(value);
}

/** A value of the engine. A number of bytes is worded by the page; everything else is the same in every language. */
export function meaning(value: string): string {
  const length = /^(\d+) bytes$/.exec(value);
  return length ? t('row.bytes', { count: amount(Number(length[1])) }) : value;
}
