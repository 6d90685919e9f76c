import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { choose, launch, leave, openTab, openWindow, run, SHOTS, stepsOf, type Manner } from './visit';

// What the page measures of itself. The figures are reported and not asserted: they are the machine's as much as the page's.
// Asserted is what they come from: what must be fetched before the page can be used, and that nothing is drawn twice.

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

/** All that was asked for, but for the icon, which nobody waits for. */
async function fetched(page: Page): Promise<string[]> {
  const urls = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name));
  return urls
    .map((url) => new URL(url).pathname)
    .filter((path) => path !== '/icon.svg')
    .sort();
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
    expect(await fetched(page)).toEqual(['/api/choices', '/page.css', '/page.js']);
    await leave(page);
  }
  report('from navigation to a page that can be used', figures);

  expect(figures).toHaveLength(TIMES);
});

/** Counts the lines that are drawn, and keeps the time, by the machine's clock, at which the last change of the run was painted: of the verdict, of the rows, of anything there. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept = globalThis as unknown as { paintedAt: number; lines: number };
    kept.lines = 0;
    new MutationObserver((changes) => {
      for (const added of changes.flatMap((change) => [...change.addedNodes])) {
        kept.lines += added instanceof Element && added.matches('li.row') ? 1 : 0;
      }
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
    const lines = await page.evaluate(() => (globalThis as unknown as { lines: number }).lines);
    const shown = events.filter((event) => event.type === 'step' && event.event.event !== 'record').length;
    expect(lines).toBeGreaterThan(0);
    expect(lines, 'lines drawn, of those told').toBeLessThanOrEqual(shown);
    const main = events.findLast((event) => event.type === 'wire');
    const done = stepsOf(events, main?.connection ?? 0).find((step) => step.event.event === 'handshake_done');
    figures.push(paintedAt - Date.parse(main?.beganAt ?? '') - (done?.micros ?? NaN) / 1000);
    await leave(page);
  }
  report(`${scenario}: from the end of the handshake to the picture of the whole run`, figures);

  expect(figures.every(Number.isFinite)).toBe(true);
});
