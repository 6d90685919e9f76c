import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch, leave, open, run, SHOTS, stepsOf } from './visit';

// What the page measures of itself. The figures are reported and not asserted: they are the machine's as much as the page's.

const TIMES = 5;

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
  mkdirSync(SHOTS, { recursive: true });
});

afterAll(async () => {
  await browser.close();
});

function report(what: string, figures: number[]): void {
  const rounded = figures.map((figure) => Math.round(figure * 10) / 10);
  console.log(`${what}: ${rounded.join(', ')} ms`);
  writeFileSync(join(SHOTS, 'budget.txt'), `${what}: ${rounded.join(', ')} ms\n`, { flag: 'a' });
}

it('the page can be used soon after it is opened', async () => {
  const figures: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const page = await open(browser, { language: 'en' });
    // Since the navigation began: the button was painted at this time at the latest.
    figures.push(
      await page.evaluate(
        () => new Promise<number>((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now())))),
      ),
    );
    await leave(page);
  }
  report('from navigation to a page that can be used', figures);

  expect(figures).toHaveLength(TIMES);
});

/** Keeps the time, by the machine's clock, at which the outcome of the run was painted. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const drawn = window as unknown as { drawnAt: number };
    drawn.drawnAt = 0;
    new MutationObserver((_, self) => {
      if (document.querySelector('[role=status] .good')) {
        self.disconnect();
        requestAnimationFrame(() =>
          setTimeout(() => (drawn.drawnAt = performance.timeOrigin + performance.now())),
        );
      }
    }).observe(document.body, { subtree: true, childList: true });
  });
}

it('a run is drawn soon after its handshake has ended', async () => {
  const figures: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const page = await open(browser, { language: 'en' });
    await watch(page);
    const events = await run(page);
    const began = events.find((event) => event.type === 'connection');
    const done = stepsOf(events, 1).find((step) => step.event.event === 'handshake_done');
    await page.waitForFunction(() => (window as unknown as { drawnAt: number }).drawnAt > 0);
    const drawnAt = await page.evaluate(() => (window as unknown as { drawnAt: number }).drawnAt);
    figures.push(drawnAt - Date.parse(began?.beganAt ?? '') - (done?.micros ?? 0) / 1000);
    await leave(page);
  }
  report('from the end of the handshake to its picture', figures);

  expect(figures.every(Number.isFinite)).toBe(true);
});
