import type { Note } from './events';

/** The notes without those that only repeat what `contents` lists. */
export function notesBeside(contents: string[] | undefined, notes: Note[]): Note[] {
  return contents ? notes.filter(([kind, text]) => kind !== 'detail' || !contents.includes(text)) : notes;
}
