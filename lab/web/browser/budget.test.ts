import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { choose, launch, leave, openTab, openWindow, run, SHOTS, stepsOf, type Manner } from './visit';

// What the page measures of itself. The figures are reported and not asserted: they are the machine's as much as the page's.

const TIMES = Number(process.env['AKUSHU_LAB_TIMES'] ?? 5);

const MANNER: Manner = { language: 'en' };

let browser: Browser;
/** A window that opens makes Chromium load pages of its own for half a second; its tabs do not. */
let window: BrowserContext;

beforeAll(async () => {
  browser = await launch();
  mkdirSync(SHOTS, { recursive: true });
  window = await openWindow(browser, MANNER);
  await (await window.newPage()).waitForTimeout(1000);
});

afterAll(async () => {
  await browser.close();
});

function report(what: string, figures: number[]): void {
  const sorted = figures.map((figure) => Math.round(figure)).sort((a, b) => a - b);
  const text = `${what}: median ${sorted[sorted.length >> 1]} ms of ${sorted.join(', ')}`;
  console.log(text);
  writeFileSync(join(SHOTS, 'budget.txt'), text + '\n', { flag: 'a' });
}

it('the page can be used soon after it is opened', async () => {
  const figures: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const page = await openTab(window, MANNER);
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

/** Keeps the time, by the machine's clock, at which the last change of the run was painted: of the verdict, of the rows, of anything there. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept = globalThis as unknown as { paintedAt: number };
    new MutationObserver(() => {
      requestAnimationFrame(() => setTimeout(() => (kept.paintedAt = performance.timeOrigin + performance.now())));
    }).observe(document.querySelector('main') ?? document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
  });
}

it.each(['full', 'resumption'])('a run (%s) is drawn soon after its handshake has ended', async (scenario) => {
  const figures: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const page = await openTab(window, MANNER);
    await choose(page, 'watch', scenario);
    await watch(page);
    const events = await run(page);
    // The frame in which the last of it was painted may still be to come.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    const paintedAt = await page.evaluate(() => (globalThis as unknown as { paintedAt: number }).paintedAt);
    const main = events.findLast((event) => event.type === 'wire');
    const done = stepsOf(events, main?.connection ?? 0).find((step) => step.event.event === 'handshake_done');
    figures.push(paintedAt - Date.parse(main?.beganAt ?? '') - (done?.micros ?? NaN) / 1000);
    await leave(page);
  }
  report(`${scenario}: from the end of the handshake to the picture of the whole run`, figures);

  expect(figures.every(Number.isFinite)).toBe(true);
});
