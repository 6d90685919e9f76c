import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { LabEvent, Language, Step } from '../src/model/events';

/** Where pictures and figures are left. */
export const SHOTS = process.env['AKUSHU_LAB_SHOTS'] ?? join(tmpdir(), 'akushu-lab-shots');

const address = process.env['AKUSHU_LAB'] ?? '';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function labAddress(): string {
  return address;
}

export function launch(...more: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    // Continuous integration runs as root, where Chromium has no sandbox.
    args: ['--no-sandbox', ...more],
  });
}

export interface Manner {
  language: Language;
  theme?: 'light' | 'dark';
  width?: number;
  /** Another lab than the usual one. */
  address?: string;
}

/** What the browser has complained about, by page. */
const heard = new WeakMap<Page, string[]>();

/** Opens the lab as a person does, in a window of its own. */
export async function open(browser: Browser, manner: Manner): Promise<Page> {
  return visit(await browser.newPage(look(manner)), manner);
}

/** A window in which tabs can be opened one after the other. */
export function openWindow(browser: Browser, manner: Manner): Promise<BrowserContext> {
  return browser.newContext(look(manner));
}

/** As {@link open}, in a new tab of a window. */
export async function openTab(window: BrowserContext, manner: Manner): Promise<Page> {
  return visit(await window.newPage(), manner);
}

function look(manner: Manner): BrowserContextOptions {
  return {
    viewport: { width: manner.width ?? 1440, height: 1000 },
    // What fades in has less contrast for a moment.
    reducedMotion: 'reduce',
  };
}

async function visit(page: Page, manner: Manner): Promise<Page> {
  const complaints: string[] = [];
  heard.set(page, complaints);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript(
    ([language, theme]) => {
      localStorage.setItem('akushu-lab-language', language);
      localStorage.setItem('akushu-lab-theme', theme);
    },
    [manner.language, manner.theme ?? 'light'] as const,
  );
  await page.goto(manner.address ?? address);
  await page.waitForSelector('form');
  return page;
}

/** Closes a page about which the browser must have had nothing to say, but for orders that were refused. */
export async function leave(page: Page): Promise<void> {
  await page.close();
  expect((heard.get(page) ?? []).filter((complaint) => !complaint.includes('status of 400'))).toEqual([]);
}

/** Gives all tests of a file one browser, and each of them a page of its own, in English, of which `use` is told. */
export function openForEach(use: (page: Page, browser: Browser) => void): void {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
  });

  beforeEach(async () => {
    page = await open(browser, { language: 'en' });
    use(page, browser);
  });

  afterEach(async () => {
    await leave(page);
  });
}

/** Orders what is chosen in the form, and returns all that the lab has told of it once it is over. */
export function run(page: Page): Promise<LabEvent[]> {
  return runBy(page, () => page.click('button.run'));
}

/** As {@link run}, of what `order` orders. */
export async function runBy(page: Page, order: () => Promise<void>): Promise<LabEvent[]> {
  const begun = page.waitForResponse((response) => response.url().endsWith('/api/runs'));
  await order();
  const { id } = (await (await begun).json()) as { id: string };
  await page.waitForSelector('button.run:not([disabled])');
  const token = await page.evaluate(() => sessionStorage.getItem('akushu-lab-token') ?? '');
  return page.evaluate(
    async ([run, secret]) => {
      const response = await fetch(`/api/runs/${run}/kept.json`, { headers: { 'X-Akushu-Lab': secret } });
      return (await response.json()) as LabEvent[];
    },
    [id, token] as const,
  );
}

export async function choose(page: Page, side: 'watch' | 'break', what: string): Promise<void> {
  await page.click(`.sides button:nth-child(${side === 'watch' ? 1 : 2})`);
  await page.check(`input[value="${what}"]`);
}

/** The first line of the diagram that tells of this message, to be clicked. */
export function message(page: Page, name: string): Locator {
  return page.locator('li.message button', { hasText: name }).first();
}

export function stepsOf(events: LabEvent[], connection: number): Step[] {
  return events.filter((event): event is Step => event.type === 'step' && event.connection === connection);
}

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string }[];
}

/** What axe-core finds that keeps people out. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
    violations: Violation[];
  };
  return found.violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' ')}`);
}
