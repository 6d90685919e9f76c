import type { Language, Step, Words } from './model/events';

const KEPT_LANGUAGE = 'akushu-lab-language';

const state = $state<{ language: Language; texts: Record<Language, Record<string, string>> }>({
  language: 'en',
  texts: { en: {}, ja: {} },
});

/** Begins with `given` if there is such, otherwise with the language that was chosen last, otherwise with the browser's. */
export function beginWords(texts: Record<Language, Record<string, string>>, given?: Language): void {
  state.texts = texts;
  const last = localStorage.getItem(KEPT_LANGUAGE);
  const known = last === 'ja' || last === 'en' ? last : navigator.language.startsWith('ja') ? 'ja' : 'en';
  speak(given ?? known);
}

export function language(): Language {
  return state.language;
}

export function speak(chosen: Language): void {
  state.language = chosen;
  localStorage.setItem(KEPT_LANGUAGE, chosen);
  document.documentElement.lang = chosen;
  document.title = t('title');
}

/** The text called `key` in the present language, with `values` at the places of their names. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const text = state.texts[state.language][key];
  if (text === undefined) {
    throw new Error(`there is no text ${key}`);
  }
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** A step in the present language. */
export function wordsOf(step: Step): Words {
  return step[state.language];
}

/** A number as the present language writes it. */
export function amount(value: number): string {
  return value.toLocaleString(state.language);
}
