import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { choose, openForEach, run, stepsOf } from './visit';

let page: Page;

openForEach((opened) => {
  page = opened;
});

describe('a remote server', () => {
  it.each([
    ['that does not exist', 'no-such-host.invalid', '443', 'unknown_host'],
    ['that is not there', 'localhost', process.env['AKUSHU_LAB_NOBODY'] ?? '', 'connect_failed'],
    ['that speaks no TLS, without end', 'localhost', process.env['AKUSHU_LAB_GARBAGE'] ?? '', 'not_tls'],
    ['that sends a byte now and then', 'localhost', process.env['AKUSHU_LAB_DRIP'] ?? '', 'timed_out'],
    ['that nobody vouches for', 'localhost', process.env['AKUSHU_LAB_UNTRUSTED'] ?? '', 'unknown_issuer'],
  ])('%s is a finding, and the lab goes on', async (_, host, port, problem) => {
    await choose(page, 'watch', 'remote');
    await page.fill('input[type=text] >> nth=0', host);
    await page.fill('input[type=number]', port);
    const failure = stepsOf(await run(page), 1).find((step) => step.event.event === 'failure');

    expect(failure?.event.problem).toBe(problem);
    const verdict = await page.locator('[role=status]').innerText();
    for (const [, text] of failure?.en.notes ?? []) {
      expect(verdict).toContain(text);
    }
    await choose(page, 'watch', 'full');
    await run(page);
    expect(await page.locator('[role=status] .good').count()).toBe(1);
  });
});

it('a connection that came to nothing has no certificate and no question, and the page says so', async () => {
  await choose(page, 'watch', 'remote');
  await page.fill('input[type=text] >> nth=0', 'no-such-host.invalid');
  await run(page);

  await page.click('nav button:has-text("Certificates")');
  expect(await page.locator('.view').innerText()).toContain('the connection failed before');
  await page.click('nav button:has-text("Quiz")');
  expect(await page.locator('.view').innerText()).toContain('nothing to ask');
  await page.click('nav button:has-text("Keys")');
  const states = await page.locator('.secret .state').allInnerTexts();
  expect(new Set(states)).toEqual(new Set(['never reached: the connection failed before']));
});

it('what a server somewhere else decides is not offered', async () => {
  await page.click('form summary');
  expect(await page.locator('details select').count()).toBe(3);
  await choose(page, 'watch', 'remote');
  expect(await page.locator('details select').count()).toBe(2);
});

it('a host with a port is refused with words that say where the port belongs', async () => {
  await choose(page, 'watch', 'remote');
  await page.fill('input[type=text] >> nth=0', 'localhost:8443');
  await page.click('button.run');

  expect(await page.locator('[role=alert]').innerText()).toContain('the port in the field below');
});

it('a host that makes no sense is refused with words', async () => {
  await choose(page, 'watch', 'remote');
  await page.fill('input[type=text] >> nth=0', 'https://example.org/');
  await page.click('button.run');

  expect(await page.locator('[role=alert]').innerText()).toContain('Write a name or an address');
});
