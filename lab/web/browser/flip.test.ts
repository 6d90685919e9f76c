import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { barriers, choose, message, openForEach, run, runBy } from './visit';

let page: Page;

openForEach((opened) => {
  page = opened;
});

it('a field can be broken from where it is read', async () => {
  await run(page);
  await message(page, 'CertificateVerify').click();
  await page.click('#tab-bytes');
  await page.locator('.fields button', { hasText: 'signature' }).last().click();
  await page.click('.flip button');
  await page.waitForSelector('[role=status] .failed');

  const altered = page.locator('li.message', { hasText: 'altered on the way' });
  await altered.waitFor();
  expect(await altered.locator('.name').allInnerTexts()).toEqual(['CertificateVerify']);
});

describe('a bit that is flipped where a message is read', () => {
  /** Flips in the message that is open, and returns what the lab has told of the run that was ordered by it. */
  async function flip() {
    await page.click('#tab-bytes');
    await page.locator('.fields button').nth(3).click();
    return runBy(page, () => page.click('.flip button'));
  }

  async function alteredRows() {
    await page.locator('.altered').first().waitFor();
    return page.locator('li.message:has(.altered) .name').allInnerTexts();
  }

  it('is flipped in the first connection if it is read there', async () => {
    await choose(page, 'watch', 'resumption');
    await run(page);
    await page.click('.connections button:first-child');
    await message(page, 'Certificate').click();
    const order = (await flip()).find((event) => event.type === 'order');

    expect(order).toMatchObject({ scenario: 'resumption', connection: 'before', message: 'Certificate' });
    expect(await alteredRows()).toEqual(['Certificate']);
    expect(await page.locator('.connections [aria-pressed=true]').innerText()).toContain('First connection');
    const verdict = page.locator('[role=status]').first();
    expect(await verdict.innerText()).toContain('Somebody on the path changed one bit');
    await page.click('.connections button:last-child');
    expect(await verdict.innerText()).not.toContain('Somebody on the path changed one bit');
  });

  it('is flipped in the second ClientHello if that is read', async () => {
    await choose(page, 'watch', 'retry');
    await run(page);
    await page.locator('li.message button', { hasText: 'ClientHello' }).nth(1).click();
    await flip();
    await alteredRows();

    const hellos = page.locator('li.message', { hasText: 'ClientHello' });
    expect(await hellos.evaluateAll((all) => all.map((one) => one.querySelector('.altered') !== null))).toEqual([
      false,
      true,
    ]);
  });

  it('is flipped in the scenario that was run, whatever the other side of the form has chosen', async () => {
    await choose(page, 'watch', 'remote');
    await choose(page, 'break', 'replayed_ticket');
    await run(page);
    await message(page, 'ClientHello').click();
    const order = (await flip()).find((event) => event.type === 'order');

    expect(order).toMatchObject({ scenario: 'resumption', connection: 'main', message: 'ClientHello' });
  });

  it('is not said to be flipped if its message did not come', async () => {
    await choose(page, 'break', 'retired_ticket_key');
    await run(page);
    await message(page, 'Certificate').click();
    await flip();

    await page.waitForSelector('text=Nothing was altered');
    expect(await page.locator('.altered').count()).toBe(0);
  });

  it('makes one message of one, and shows how it arrived', async () => {
    await run(page);
    await message(page, 'ClientHello').click();
    await flip();

    expect(await page.locator('li.message:has-text("From the client") .name').allInnerTexts()).toEqual(['ClientHello']);
    expect(await alteredRows()).toEqual(['ClientHello']);
    expect(await page.locator('li.arrival.server .actor').allInnerTexts()).toEqual(['server']);
    await page.locator('li.arrival.server button', { hasText: 'ClientHello, as it arrived' }).click();
    await page.click('#tab-wire');
    expect(await page.locator('#tab-panel h4').allInnerTexts()).toEqual(['Record 1 of the client']);
    expect(await page.locator('#tab-panel .hex .changed').count()).toBe(1);
    expect(await barriers(page)).toEqual([]);
  });
});
