import type { LabEvent, Language } from './events';

/** What stands in a page that was kept. */
export interface KeptRun {
  language: Language;
  texts: Record<Language, Record<string, string>>;
  events: LabEvent[];
}
