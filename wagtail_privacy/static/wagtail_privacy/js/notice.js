/*
 * Keeps the progress of a running notice up to date while it is looked at. Without it, "Refresh" is a link.
 */
(() => {
  'use strict';

  const EVERY = 5000; // milliseconds
  const SHOWN = '[data-privacy-notice]';

  const isRunning = () => document.querySelector(`${SHOWN}[data-privacy-running]`) !== null;

  const refresh = async () => {
    const response = await fetch(window.location.href);
    if (!response.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector(SHOWN);
    const shown = document.querySelector(SHOWN);
    // Who is about to press a button there keeps it.
    if (fresh && shown && !shown.contains(document.activeElement)) shown.replaceWith(fresh);
  };

  const look = async () => {
    try {
      if (!document.hidden) await refresh();
    } catch {
      // The network is gone: the next time may find it again.
    }
    if (isRunning()) setTimeout(look, EVERY);
  };
  if (isRunning()) setTimeout(look, EVERY);
})();
