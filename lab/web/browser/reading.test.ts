import { mkdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { barriers, choose, labAddress, leave, message, open, openForEach, run, SHOTS, stepsOf } from './visit';

let browser: Browser;
let page: Page;

openForEach((opened, by) => {
  page = opened;
  browser = by;
});

beforeAll(() => {
  mkdirSync(SHOTS, { recursive: true });
});

describe('a message', () => {
  beforeEach(async () => {
    await run(page);
    await message(page, 'ClientHello').click();
  });

  it('opens into why it is here and what an eavesdropper sees', async () => {
    const details = await page.locator('article').innerText();

    expect(details).toContain('What an eavesdropper sees');
    expect(details).toContain('Often misunderstood');
    expect(await barriers(page)).toEqual([]);
  });

  it('lights up the bytes of a field, and the field of a byte', async () => {
    await page.click('#tab-bytes');
    await page.locator('.fields button', { hasText: 'legacy_session_id' }).hover();
    expect(await page.locator('.dump .lit').count()).toBe(33);

    await page.locator('[data-at="4"]').hover();
    expect(await page.locator('.fields button.lit').innerText()).toContain('legacy_version');
    expect(await barriers(page)).toEqual([]);
  });

  it('lights up the bytes of a field that the keyboard is at', async () => {
    await page.click('#tab-bytes');
    await page.locator('.fields button', { hasText: 'legacy_session_id' }).focus();

    expect(await page.locator('.dump .lit').count()).toBe(33);
  });

  it('shows the record that carries it, byte for byte', async () => {
    await page.click('#tab-wire');

    expect(await page.locator('#tab-panel h4').innerText()).toBe('Record 1 of the client');
    const bytes = await page.locator('#tab-panel .hex span').allInnerTexts();
    const header = await page.locator('#tab-panel .header').allInnerTexts();
    expect(header).toEqual(bytes.slice(0, 5));
    expect(header.slice(0, 3)).toEqual(['16', '03', '01']);
    // How long the ClientHello is differs from run to run.
    expect(parseInt(header.slice(3).join(''), 16)).toBe(bytes.length - 5);
    expect(bytes[5]).toBe('01');
  });

  it('is left by the keyboard for the next line and back', async () => {
    await message(page, 'ClientHello').focus();
    await page.keyboard.press('ArrowDown');
    const next = await page.locator('[aria-current=step]').innerText();
    expect(next).toContain('chooses cipher suite');

    await page.keyboard.press('ArrowUp');
    expect(await page.locator('[aria-current=step]').innerText()).toContain('ClientHello');
    await page.keyboard.press('End');
    expect(await page.locator('[aria-current=step]').innerText()).toContain('close_notify');
  });
});

it('the address can ask for a language', async () => {
  const japanese = new URL(labAddress());
  japanese.searchParams.set('lang', 'ja');
  const visitor = await open(browser, { language: 'en', address: japanese.href });

  expect(await visitor.locator('html').getAttribute('lang')).toBe('ja');
  expect(new URL(visitor.url()).search).toBe('');
  await leave(visitor);
});

it('secrets are shown when asked for, and hidden again', async () => {
  await run(page);
  await page.click('nav button:has-text("Keys")');
  expect(await page.locator('.value').count()).toBe(0);

  await page.click('text=Reveal the values');
  await page.waitForSelector('.value');
  // All nine secrets of a full handshake, and what the key exchange gave.
  expect(await page.locator('.value.own').count()).toBe(9);
  expect(await page.locator('.value:not(.own)').count()).toBe(1);
  for (const value of await page.locator('.value').allInnerTexts()) {
    expect(value).toMatch(/^[0-9a-f]{64}([0-9a-f]{32}|[0-9a-f]{64})?$/);
  }
  expect(await barriers(page)).toEqual([]);

  await page.click('text=Hide the values');
  expect(await page.locator('.value').count()).toBe(0);
});

it('a resumed schedule begins with the key of the ticket, and no value outlives its run', async () => {
  await choose(page, 'watch', 'resumption');
  await run(page);
  await page.click('nav button:has-text("Keys")');
  await page.click('text=Reveal the values');
  await page.waitForSelector('.value');
  // The pre-shared key and the shared secret; the binder key is there as well.
  expect(await page.locator('.value:not(.own)').count()).toBe(2);
  expect(await page.locator('.value.own').count()).toBe(10);

  await run(page);
  expect(await page.locator('.value').count()).toBe(0);
});

it('the ticket is opened at the server, field by field, and only the one that came back', async () => {
  await choose(page, 'watch', 'resumption');
  const opened = stepsOf(await run(page), 2).find((step) => step.event.event === 'ticket_opened');
  await page.click('nav button:has-text("Ticket")');

  expect(await page.locator('.view li h3').allInnerTexts()).toEqual([
    'Sealed',
    'Received',
    'Offered',
    'Opened',
    'Decided',
  ]);
  expect(await page.locator('.view dl code').allInnerTexts()).toEqual(
    (opened?.event.contents ?? []).map((field) => field.slice(0, field.indexOf('='))),
  );
  expect(await barriers(page)).toEqual([]);
});

it('the chain is drawn from the leaf to the anchor, with each check as a row', async () => {
  const verified = stepsOf(await run(page), 1).find((step) => step.event.event === 'peer_chain_verified');
  await page.click('nav button:has-text("Certificates")');

  expect(await page.locator('.chain h4').allInnerTexts()).toEqual(['CN=localhost', 'CN=Akushu throwaway CA']);
  expect(await page.locator('.chain ul li').count()).toBe(verified?.event.checks?.length);
  expect(await page.locator('.chain .anchor').textContent()).toContain('trust anchor');
});

it.each([
  ['expired', 'validity'],
  ['wrong_host', 'host_name'],
  ['wrong_ca', 'trust_anchor'],
])('a chain that is refused (%s) shows what passed, what failed, and what was not reached', async (fault, kind) => {
  await choose(page, 'break', fault);
  const refusal = stepsOf(await run(page), 1).find((step) => step.event.failed_check !== undefined);
  const { checks = [], failed_check: check, not_reached: left = [] } = refusal?.event ?? { event: '', role: 'client' };
  await page.click('nav button:has-text("Certificates")');

  expect(check?.kind).toBe(kind);
  expect(await page.locator('.chain li.passed').count()).toBe(checks.length);
  expect(await page.locator('.chain li.not_reached').count()).toBe(left.length);
  const cause = refusal?.en.notes.find(([kind]) => kind === 'cause')?.[1] ?? '';
  expect(await page.locator('.chain li.failed').allInnerTexts()).toEqual([expect.stringContaining(cause)]);
  expect(await barriers(page)).toEqual([]);
});

it('a resumed connection stands beside the full one, with what was skipped and why that is safe', async () => {
  await choose(page, 'watch', 'resumption');
  const events = await run(page);
  await page.click('nav button:has-text("Compare")');
  const names = (connection: number) =>
    stepsOf(events, connection).flatMap((step) => (step.event.event === 'message' ? [step.event.name ?? ''] : []));
  const skipped = names(1).filter((name) => !names(2).includes(name));

  expect(skipped).toEqual(['Certificate', 'CertificateVerify']);
  const rows = await page.locator('tr.skipped th').allInnerTexts();
  expect(rows).toEqual(skipped.map((name) => `${name} server`));
  const decided = stepsOf(events, 2).find((step) => step.event.event === 'resumption_decided' && step.event.resumed);
  for (const [, text] of decided?.en.notes ?? [['', 'no decision']]) {
    expect(await page.locator('.view').innerText()).toContain(text);
  }
});

it('a run takes the group, the suite, the kind of key and the protocol that were chosen', async () => {
  await page.click('form summary');
  await page.selectOption('details select >> nth=0', 'secp384r1');
  await page.selectOption('details select >> nth=1', 'TLS_CHACHA20_POLY1305_SHA256');
  await page.selectOption('details select >> nth=2', 'ed25519');
  await page.fill('details input', 'spdy/3');
  const steps = stepsOf(await run(page), 1);
  const done = steps.find((step) => step.event.event === 'handshake_done')?.event;

  expect([done?.group, done?.suite, done?.signature_scheme, done?.application_protocol]).toEqual([
    'secp384r1',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ed25519',
    'spdy/3',
  ]);
  const verdict = await page.locator('[role=status]').innerText();
  expect(verdict).toContain('secp384r1');
  expect(verdict).toContain('TLS_CHACHA20_POLY1305_SHA256');
  expect(verdict).toContain('spdy/3');
});

it('a message tells which secrets came to exist with it', async () => {
  const told = stepsOf(await run(page), 1).find((step) => step.event.name === 'ServerHello');
  const secrets = (told?.en.notes ?? []).filter(([kind]) => kind === 'secrets').map(([, text]) => text);
  await message(page, 'ServerHello').click();

  expect(secrets.length).toBeGreaterThan(0);
  expect(await page.locator('.secrets dd').allInnerTexts()).toEqual(secrets);
});

it('STEP 1 and STEP 2 are visible as such', async () => {
  await run(page);

  expect(await page.locator('.chapter h3').allInnerTexts()).toEqual(
    expect.arrayContaining([expect.stringMatching(/^STEP 1\b/), expect.stringMatching(/^STEP 2\b/)]),
  );
});

it('the stage stands before anybody has come', async () => {
  expect(await page.locator('.diagram .head').allInnerTexts()).toEqual(['client', 'server']);
  expect(await page.locator('[role=status]').count()).toBe(1);
  expect(await page.locator('.steps button').evaluateAll((all) => all.filter((one) => !(one as HTMLButtonElement).disabled))).toEqual([]);
  expect(await barriers(page)).toEqual([]);
});

it('a run stays until there is something of the next', async () => {
  await run(page);
  const drawn = await page.locator('li.message .name').allInnerTexts();
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/events', async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest('**/events');
  await choose(page, 'break', 'wrong_host');
  await page.click('button.run');
  await asked;

  expect(await page.locator('li.message .name').allInnerTexts()).toEqual(drawn);
  release();
  await page.waitForSelector('[role=status] .failed');
});

/** Whether a person sees the current line, from its upper edge to its lower one, with nothing over it. */
async function isInSight(of: Page = page): Promise<boolean> {
  return of.locator('[aria-current=step]').evaluate((line) => {
    const { top, bottom, left, width } = line.getBoundingClientRect();
    return [top + 2, bottom - 2].every((y) => line.contains(document.elementFromPoint(left + width / 2, y)));
  });
}

it.each([
  [1440, 600],
  [360, 740],
])('the current line and what moves it stay in sight on %i by %i', async (width, height) => {
  const visitor = await open(browser, { language: 'en', width });
  await visitor.setViewportSize({ width, height });
  await run(visitor);
  const next = visitor.locator('button:has-text("Next")');
  const hidden: string[] = [];
  for (let step = 0; step < (await visitor.locator('.diagram [data-step]').count()); step++) {
    await next.click({ timeout: 2000 });
    if (!(await isInSight(visitor))) {
      hidden.push(await visitor.locator('[aria-current=step]').innerText());
    }
  }

  expect(hidden).toEqual([]);
  expect(await next.evaluate((button) => button.getBoundingClientRect().top)).toBeLessThan(height);
  await leave(visitor);
});

it('the story is played step by step', async () => {
  await run(page);
  const all = await page.locator('.diagram [data-step]').count();
  await page.click('button:has-text("Play")');
  await page.waitForFunction(() => document.querySelectorAll('.diagram [data-step]').length === 2);
  await page.click('button:has-text("Pause")');

  expect(await page.locator('.diagram [data-step]').count()).toBe(all);
});

it('the story is followed while it is played', async () => {
  await page.setViewportSize({ width: 1440, height: 600 });
  await run(page);
  const lines = page.locator('.diagram [data-step]');
  const all = await lines.count();
  await lines.nth(-3).click();
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.click('button:has-text("Play")');
  await page.waitForFunction((count) => document.querySelectorAll('.diagram [data-step]').length === count, all - 1);

  expect(await isInSight()).toBe(true);
});

it('the answers of the quiz are the facts of the run', async () => {
  const events = await run(page);
  const chosen = stepsOf(events, 1).find((step) => step.event.event === 'group_chosen')?.event.chosen ?? '';
  await page.click('nav button:has-text("Quiz")');
  const question = page.locator('fieldset', { hasText: 'By which group' });
  await question.locator('label', { hasText: chosen }).first().click();

  expect(await question.locator('label.right').innerText()).toContain(chosen);
  expect(await page.locator('.score').innerText()).toContain('1 of 1');
});

it('the options of the quiz stand beside their buttons, however long they are', async () => {
  const phone = await open(browser, { language: 'en', width: 390 });
  await choose(phone, 'watch', 'resumption');
  await run(phone);
  await phone.click('nav button:has-text("Quiz")');
  const apart = await phone.locator('.view label').evaluateAll((labels) =>
    labels.map((label) => {
      const [button, words] = label.querySelectorAll('input, input + span');
      return (words?.getBoundingClientRect().left ?? NaN) - (button?.getBoundingClientRect().right ?? NaN);
    }),
  );

  expect(apart.length).toBeGreaterThan(10);
  expect(Math.min(...apart)).toBeGreaterThan(0);
  await leave(phone);
});

it('the language is switched without another run', async () => {
  await run(page);
  await page.click('button[lang=ja]');

  expect(await page.locator('html').getAttribute('lang')).toBe('ja');
  expect(await page.locator('[role=status] h3').innerText()).toContain('ハンドシェイクが完了しました');
});

it('who has no token is told how to get in', async () => {
  const stranger = await browser.newContext();
  const other = await stranger.newPage();
  await other.goto(new URL('/', page.url()).href);

  await other.waitForSelector('text=ends with a token');
  await stranger.close();
});

it('the address for one browser lets one browser in', async () => {
  const once = process.env['AKUSHU_LAB_ONCE'] ?? '';
  const first = await open(browser, { language: 'en', address: once });
  await first.reload();
  await first.waitForSelector('form');
  expect(new URL(first.url()).hash).toBe('');
  await leave(first);

  const stranger = await browser.newContext();
  const second = await stranger.newPage();
  await second.goto(once);
  await second.waitForSelector('text=ends with a token');
  await stranger.close();
});

it('a kept page opens from the disk and shows the same', async () => {
  await choose(page, 'watch', 'resumption');
  await run(page);
  const names = await page.locator('li.message .name').allInnerTexts();
  await page.click('nav button:has-text("Keep")');
  const download = page.waitForEvent('download');
  await page.click('text=A page (HTML)');
  const file = join(SHOTS, 'kept.html');
  await (await download).saveAs(file);
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector('.diagram');

  expect(await page.locator('li.message .name').allInnerTexts()).toEqual(names);
  expect(await page.locator('nav button:has-text("Keep")').count()).toBe(0);
  expect(await barriers(page)).toEqual([]);
});

it('a kept page still says what was broken', async () => {
  await choose(page, 'break', 'wrong_host');
  await run(page);
  const verdict = await page.locator('[role=status] .done').innerText();
  await page.click('nav button:has-text("Keep")');
  const download = page.waitForEvent('download');
  await page.click('text=A page (HTML)');
  const file = join(SHOTS, 'kept-broken.html');
  await (await download).saveAs(file);
  await page.goto(pathToFileURL(file).href);

  expect(await page.locator('[role=status] .done').innerText()).toBe(verdict);
  expect(await page.locator('header').first().innerText()).toContain('Full handshake; Wrong host name');
});

it('the details on a phone are closed by the keyboard, and the line is where it was', async () => {
  const phone = await open(browser, { language: 'en', width: 360 });
  await run(phone);
  await phone.locator('li.message button').first().click();
  expect(await phone.locator('article').isVisible()).toBe(true);
  await phone.keyboard.press('Escape');

  expect(await phone.locator('article').count()).toBe(0);
  expect(await phone.evaluate(() => document.activeElement?.textContent)).toContain('ClientHello');
  await leave(phone);
});

// WCAG 1.4.10: no scrolling in two directions on 320 CSS pixels.
it.each([
  ['en', 'full'],
  ['ja', 'full'],
  ['en', 'early_data'],
  ['ja', 'client_certificate'],
] as const)('nothing scrolls sideways on 320 pixels (%s, %s)', async (language, scenario) => {
  const phone = await open(browser, { language, width: 320 });
  await choose(phone, 'watch', scenario);
  await run(phone);
  for (const box of ['decisions', 'keys', 'records'].keys()) {
    await phone.locator('.steps input').nth(box).check();
  }

  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await leave(phone);
});

it('nothing is wider than a phone', async () => {
  const phone = await open(browser, { language: 'ja', theme: 'dark', width: 360 });
  await run(phone);
  // The form stands above; what was asked for is brought into view.
  expect(await phone.locator('[role=status]').first().isVisible()).toBe(true);
  expect((await phone.locator('[role=status]').first().boundingBox())?.y).toBeLessThan(800);
  await phone.locator('li.message button').first().click();

  const [content, window] = await phone.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
  expect(content).toBeLessThanOrEqual(window);
  expect(await barriers(phone)).toEqual([]);
  await leave(phone);
});

describe.each(['en', 'ja'] as const)('pictures in %s', (language) => {
  it.each([
    ['full', 'watch', 'full', 'Certificate'],
    ['resumed', 'watch', 'resumption', 'ServerHello'],
    ['broken', 'break', 'wrong_host', 'Certificate'],
  ] as const)('show %s', async (name, side, what, opened) => {
    const visitor = await open(browser, { language });
    await choose(visitor, side, what);
    await run(visitor);
    await visitor.locator('li.message button', { hasText: opened }).first().click();
    await visitor.evaluate(() => window.scrollTo(0, 0));
    // A line under the pointer would be lit.
    await visitor.mouse.move(0, 0);
    await visitor.screenshot({ path: join(SHOTS, `${name}.${language}.png`), fullPage: true });
    await leave(visitor);
  });
});
