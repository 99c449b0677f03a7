// Drives a headless Chromium over a pipe (DevTools protocol), with nothing but node.
//
//   const browser = await open(program);  const page = await browser.page({width, height, dark});
//   await page.go(url);  await page.run(expression);  page.requests;  await browser.close();
'use strict';

const {spawn} = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

function open(program) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'sito-browser-'));
  const child = spawn(program, [
    '--headless=new', '--remote-debugging-pipe', '--no-sandbox', '--disable-gpu',
    '--disable-dev-shm-usage', '--disable-background-networking', '--no-first-run', '--disable-sync',
    '--disable-component-update', '--hide-scrollbars', `--user-data-dir=${profile}`,
  ], {stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe']});
  let number = 0, rest = '';
  const waiting = new Map(), listeners = [];
  child.on('exit', (code) => {
    for (const {reject} of waiting.values()) reject(new Error(`chromium ended with ${code}`));
    waiting.clear();
  });
  child.stdio[4].setEncoding('utf8');
  child.stdio[4].on('data', (data) => {
    const parts = (rest + data).split('\0');
    rest = parts.pop();
    for (const part of parts) {
      const message = JSON.parse(part);
      if (message.id === undefined) {
        for (const listen of listeners) listen(message);
        continue;
      }
      const {resolve, reject} = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) reject(new Error(message.error.message));
      else resolve(message.result);
    }
  });
  const send = (method, params = {}, sessionId) => new Promise((resolve, reject) => {
    waiting.set(++number, {resolve, reject});
    child.stdio[3].write(`${JSON.stringify({id: number, method, params, sessionId})}\0`);
  });

  async function page({width, height, dark}) {
    const {targetId} = await send('Target.createTarget', {url: 'about:blank'});
    const {sessionId} = await send('Target.attachToTarget', {targetId, flatten: true});
    const tell = (method, params) => send(method, params, sessionId);
    const requests = [];
    let loaded = null;
    listeners.push((message) => {
      if (message.sessionId !== sessionId) return;
      if (message.method === 'Network.requestWillBeSent') requests.push(message.params.request.url);
      if (message.method === 'Page.loadEventFired' && loaded) loaded();
    });
    await tell('Page.enable');
    await tell('Network.enable');
    await tell('Emulation.setDeviceMetricsOverride',
      {width, height, deviceScaleFactor: 1, mobile: width < 600});
    await tell('Emulation.setEmulatedMedia',
      {features: [{name: 'prefers-color-scheme', value: dark ? 'dark' : 'light'}]});
    return {
      requests,
      tell,
      async go(url) {
        const done = new Promise((resolve) => { loaded = resolve; });
        await tell('Page.navigate', {url});
        await done;
      },
      async run(expression) {
        const {result, exceptionDetails} = await tell('Runtime.evaluate',
          {expression, awaitPromise: true, returnByValue: true});
        if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails).slice(0, 500));
        return result.value;
      },
      async screenshot(file) {
        const {data} = await tell('Page.captureScreenshot',
          {format: 'png', captureBeyondViewport: true});
        fs.writeFileSync(file, Buffer.from(data, 'base64'));
      },
      async pdf(file) {
        const {data} = await tell('Page.printToPDF', {preferCSSPageSize: true});
        fs.writeFileSync(file, Buffer.from(data, 'base64'));
      },
    };
  }

  async function close() {
    const ended = new Promise((resolve) => child.on('exit', resolve));
    send('Browser.close').catch(() => {});
    await ended;
    fs.rmSync(profile, {recursive: true, force: true});
  }
  return {page, close};
}

module.exports = {open};
