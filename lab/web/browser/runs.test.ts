import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language, Step } from '../src/model/events';
import { answersOf, outcomeOf } from '../src/model/outcome';
import { emptyRun, principal, take } from '../src/model/run';
import { barriers, choose, launch, leave, open, run } from './visit';

const SCENARIOS = ['full', 'resumption', 'early_data', 'external_psk', 'retry', 'client_certificate', 'key_update'];
const FAULTS = [
  'flipped_bit',
  'wrong_ca',
  'expired',
  'wrong_host',
  'other_key',
  'replayed_ticket',
  'replayed_early_data',
  'retired_ticket_key',
  'truncated',
  'no_common_group',
  'old_server',
  'old_client',
  'no_common_protocol',
];
/** What the server noticed before the stranger hung up: the engine fails with that, and has a remedy for it which is not the one for a copy. */
const COPIES: Record<string, string> = {
  replayed_ticket: 'resumption_decided',
  replayed_early_data: 'early_data_decided',
};
/** Where a fault ends in order all the same. */
const HARMLESS = ['retired_ticket_key'];

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
});

async function texts(page: Page, selector: string): Promise<string[]> {
  return (await page.locator(selector).allInnerTexts()).map((text) => text.trim());
}

// Between them they are both languages and both colour schemes.
describe.each<[Language, 'light' | 'dark']>([
  ['en', 'light'],
  ['ja', 'dark'],
])('in %s and %s', (language, theme) => {
  let page: Page;

  beforeAll(async () => {
    page = await open(browser, { language, theme });
  });

  afterAll(async () => {
    await leave(page);
  });

  async function shown(side: 'watch' | 'break', what: string) {
    await choose(page, side, what);
    const told = (await run(page)).reduce(take, emptyRun());
    const connection = principal(told);
    if (!connection) {
      throw new Error('the lab told of no connection');
    }
    return { connection, outcome: outcomeOf(connection) };
  }

  /** The messages stand in the diagram as the engine told them. */
  async function expectMessages(steps: Step[]) {
    const names = steps.filter((step) => step.event.event === 'message').map((step) => step.event.name);
    expect(await texts(page, 'li.message .name')).toEqual(names);
  }

  it.each(SCENARIOS)('the page shows %s as the engine told it', async (scenario) => {
    const { connection, outcome } = await shown('watch', scenario);

    expect(outcome.kind).toBe('done');
    expect(await page.locator('[role=status] h3').innerText()).toBe(outcome.step?.[language].headline);
    await expectMessages(connection.steps);
    expect(await barriers(page)).toEqual([]);
  });

  it.each(FAULTS)('the page says who noticed %s, and what to do', async (fault) => {
    const { connection, outcome } = await shown('break', fault);

    expect(outcome.kind).toBe(HARMLESS.includes(fault) ? 'done' : 'failed');
    const verdict = await page.locator('[role=status]').first().innerText();
    expect(verdict).toContain(outcome.step?.[language].headline);
    const decided = COPIES[fault];
    for (const [kind, text] of outcome.failure?.[language].notes ?? []) {
      if (decided === undefined || kind === 'cause' || kind === 'alert') {
        expect(verdict, kind).toContain(text);
      } else {
        expect(verdict, kind).not.toContain(text);
      }
    }
    if (decided !== undefined) {
      const noticed = connection.steps.find((step) => step.event.event === decided);
      expect(verdict).toContain(noticed?.[language].headline);
      expect(verdict).toContain(answersOf(connection).join(', '));
      for (const part of ['noticed', 'answer', 'alert', 'remedy']) {
        expect(await page.locator(`[role=status] dl .${part}`).count(), part).toBe(1);
      }
    }
    await expectMessages(connection.steps);
    expect(await barriers(page)).toEqual([]);
  });

  it.each(['keys', 'chain', 'ticket', 'compare', 'quiz', 'keep'])('everybody can use the view %s', async (view) => {
    await shown('watch', 'resumption');
    const views = ['sequence', 'keys', 'chain', 'ticket', 'compare', 'quiz', 'keep'];
    await page.click(`nav button:nth-child(${views.indexOf(view) + 1})`);

    expect(await page.locator('.view h2').count()).toBe(1);
    expect(await barriers(page)).toEqual([]);
  });
});
