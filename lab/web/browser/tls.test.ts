import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, leave, open, run } from './visit';

const address = process.env['AKUSHU_LAB_TLS'] ?? '';
/** The hash of the one public key that a certificate may fail to be trusted with; errors of all others stand. */
const key = process.env['AKUSHU_LAB_TLS_KEY'] ?? '';

let browser: Browser;

describe('by https', () => {
  beforeAll(async () => {
    browser = await launch(`--ignore-certificate-errors-spki-list=${key}`);
  });

  afterAll(async () => {
    await browser.close();
  });

  it('the page comes over TLS 1.3 from the throwaway authority, and works', async () => {
    const page = await open(browser, { language: 'en', address });
    const response = await page.reload();
    await page.waitForSelector('form');

    expect(await response?.securityDetails()).toMatchObject({
      protocol: 'TLS 1.3',
      issuer: 'Akushu throwaway CA',
      subjectName: 'localhost',
    });
    expect(page.url()).toMatch(/^https:/);
    const events = await run(page);
    expect(events.length).toBeGreaterThan(20);
    expect(await page.locator('[role=status] .good').count()).toBe(1);
    await leave(page);
  });

  it('no page of another origin gets anything', async () => {
    const context = await browser.newContext();
    const stranger = await context.newPage();
    await stranger.goto(process.env['AKUSHU_LAB'] ?? '');
    const token = new URL(address).hash.slice(1);
    const asked = await stranger.evaluate(
      async ([url, secret]) => {
        try {
          return (await fetch(url, { headers: { 'X-Akushu-Lab': secret } })).status;
        } catch {
          return 'refused';
        }
      },
      [new URL('/api/choices', address).href, token] as const,
    );

    expect(asked).toBe('refused');
    await context.close();
  });
});

it('a browser that does not trust the authority does not open the page', async () => {
  browser = await launch();
  const page = await browser.newPage();

  await expect(page.goto(address)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
  await browser.close();
});
