// What mail programs do not support in the mails on standard input, {"name": "<html>…"}: {"name": {"feature": ["client"]}}.
import { readFileSync } from 'node:fs';
import { caniemail } from 'caniemail';

const clients = process.argv.slice(2);
const mails = JSON.parse(readFileSync(0, 'utf8'));

const unsupported = (html) => {
  const found = {};
  for (const [client, issues] of caniemail({ clients, html }).issues.errors) {
    for (const { title } of issues) (found[title] ??= new Set()).add(client);
  }
  return Object.fromEntries(Object.entries(found).map(([title, names]) => [title, [...names].sort()]));
};

const answer = Object.fromEntries(Object.entries(mails).map(([name, html]) => [name, unsupported(html)]));
process.stdout.write(JSON.stringify(answer));
