/* Fetches what publishing would mean after each autosave. Without autosave it stands as the page was loaded. */
(() => {
  'use strict';

  let running = null;

  const fill = (html) => {
    const fresh = new DOMParser().parseFromString(html, 'text/html');
    fresh.querySelectorAll('[data-privacy-part]').forEach((part) => {
      const shown = document.querySelector(`.w-tabs [data-privacy-part="${part.dataset.privacyPart}"]`);
      if (shown) shown.replaceChildren(...part.childNodes);
    });
  };

  const refresh = async (pageId) => {
    const shown = document.querySelector('[data-privacy-url]');
    if (!shown) return;
    const url = pageId ? shown.dataset.privacyUrl.replace('/0/', `/${pageId}/`) : shown.dataset.privacyUrl;
    if (running) running.abort();
    running = new AbortController();
    try {
      const response = await fetch(url, {
        headers: { 'X-Requested-With': 'XMLHttpRequest' },
        signal: running.signal,
      });
      if (response.ok) fill(await response.text());
    } catch (error) {
      if (error.name !== 'AbortError') throw error;
    }
  };

  /* A form that was refused opens on its first tab: lead to the one that says why. */
  const leadToError = () => {
    const panels = [...document.querySelectorAll('[role="tabpanel"]')];
    const wrong = panels.filter((panel) => panel.querySelector('[aria-invalid="true"], .w-field__errors .error-message'));
    const tab = wrong.length && document.querySelector(`[role="tab"][aria-controls="${wrong[0].id}"], a[href="#${wrong[0].id}"]`);
    if (tab && tab.getAttribute('aria-selected') !== 'true') tab.click();
  };
  window.addEventListener('load', () => {
    if (document.querySelector('.messages .error')) leadToError();
  });

  document.addEventListener('w-autosave:success', (event) => {
    const { data, response } = event.detail || {};
    refresh((data || response || {}).pk);
  });
})();
