import type { Language, Words } from './events';

const LEAST = 1500;
const MOST = 12_000;
/** Milliseconds a person reads one character in: English some 15 a second, Japanese some 8. */
const PER_CHARACTER: Record<Language, number> = { en: 65, ja: 120 };

/** How long the headline of a step and the first reason stay, when the story is played. */
export function readingTime(words: Words | null, language: Language): number {
  if (words === null) {
    return 0;
  }
  const first = words.notes.find(([kind]) => kind === 'reason')?.[1] ?? '';
  const characters = words.headline.length + first.length;
  return Math.min(MOST, Math.max(LEAST, characters * PER_CHARACTER[language]));
}
