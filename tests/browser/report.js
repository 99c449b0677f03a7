// The report in HTML as people see it: at phone and desktop width, in light, dark and on paper.
//
//   node report.js FILE.html…     with CHROMIUM, and AXE: the folder that has node_modules/axe-core
//
// Each page: asks for nothing but itself, runs no script of its own, is no wider than the screen,
// and axe-core finds nothing against WCAG 2.1 A and AA. SHOTS=folder keeps pictures to look at.
'use strict';

const fs = require('fs');
const path = require('path');
const {open} = require('./browser.js');

const views = [
  {name: 'desktop', width: 1280, height: 900, dark: false},
  {name: 'desktop-dark', width: 1280, height: 900, dark: true},
  {name: 'phone', width: 375, height: 800, dark: false},
  {name: 'phone-dark', width: 375, height: 800, dark: true},
];

function axeSource() {
  const folders = [process.env.AXE, ...(process.env.NODE_PATH || '').split(':')].filter(Boolean);
  for (const folder of folders) {
    for (const place of ['axe-core', 'node_modules/axe-core']) {
      const file = path.join(folder, place, 'axe.min.js');
      if (fs.existsSync(file)) return fs.readFileSync(file, 'utf8');
    }
  }
  return null;
}

async function look(browser, file, view, axe, complain) {
  const url = `file://${path.resolve(file)}`;
  const page = await browser.page(view);
  await page.go(url);
  for (const request of page.requests) {
    if (request !== url) complain(`asks for ${request}`);
  }
  const seen = await page.run(`({
    wide: document.documentElement.scrollWidth, scripts: document.scripts.length,
    outside: [...document.querySelectorAll('[src],link,iframe,object,embed,image,use')].length,
    links: [...document.querySelectorAll('a')].filter((a) => !a.getAttribute('href').startsWith('#') ||
      !document.getElementById(decodeURIComponent(a.getAttribute('href').slice(1)))).length,
    back: getComputedStyle(document.body).backgroundColor,
    lang: document.documentElement.lang, h1: document.querySelectorAll('h1').length,
  })`);
  if (seen.wide > view.width) complain(`is ${seen.wide} wide`);
  if (seen.scripts > 0 || seen.outside > 0) complain('has scripts or things from outside');
  if (seen.links > 0) complain(`has ${seen.links} links that lead nowhere`);
  if (seen.h1 !== 1 || !['pl', 'en'].includes(seen.lang)) complain('has no language or heading');
  const dark = seen.back.match(/\d+/g).slice(0, 3).every((part) => Number(part) < 80);
  if (dark !== view.dark) complain(`background is ${seen.back}`);
  if (process.env.SHOTS) {
    const base = path.join(process.env.SHOTS, `${path.basename(file, '.html')}-${view.name}`);
    await page.screenshot(`${base}.png`);
    if (view.name === 'desktop') await page.pdf(`${base}.pdf`);
  }
  if (axe !== null) {
    await page.run(axe);
    const found = await page.run(`axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a',
      'wcag21aa', 'best-practice']}).then((r) => r.violations.map((v) => v.id + ': ' + v.help + ' – ' +
      v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')))`);
    found.forEach(complain);
  }
}

async function main() {
  const axe = axeSource();
  const browser = open(process.env.CHROMIUM);
  let wrong = 0;
  try {
    for (const file of process.argv.slice(2)) {
      for (const view of views) {
        await look(browser, file, view, axe, (what) => {
          console.log(`${path.basename(file)}, ${view.name}: ${what}`);
          wrong++;
        });
      }
    }
  } finally {
    await browser.close();
  }
  if (wrong > 0) process.exit(1);
  if (axe === null) {
    console.log('skipped: there is no axe-core (npm install axe-core; its folder in AXE)');
    process.exit(77);
  }
}

main().catch((error) => {
  console.log(error.message);
  process.exit(1);
});
