/*
 * Fetches what publishing would mean after each autosave, and marks it while the form has changes that it doesn't count.
 * Without autosave it stands as the page was loaded.
 */
(() => {
  'use strict';

  const NOT_CONTENT = /^(csrfmiddlewaretoken|next|loaded_revision_id|loaded_revision_created_at|comments-.*)$/;

  let running = null;
  /* The form's content as it was saved last, and as what is shown was worked out from it: null until it is touched. */
  let saved = null;
  let counted = null;
  let sent = null;
  let forced = null;

  const fill = (html) => {
    const fresh = new DOMParser().parseFromString(html, 'text/html');
    fresh.querySelectorAll('[data-privacy-part]').forEach((part) => {
      const shown = document.querySelector(`.w-tabs [data-privacy-part="${part.dataset.privacyPart}"]`);
      if (shown) shown.replaceChildren(...part.childNodes);
    });
    offerDrafts();
    document.dispatchEvent(new CustomEvent('privacy:refreshed'));
  };

  /* Without a script the draft is there to be copied. */
  const offerDrafts = () => {
    document.querySelectorAll('[data-privacy-take]').forEach((button) => button.removeAttribute('hidden'));
  };
  document.addEventListener('DOMContentLoaded', offerDrafts);
  if (document.readyState !== 'loading') offerDrafts();

  /* What the editor wrote stays: a draft is put below it. */
  document.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-privacy-take]');
    const name = button && button.dataset.privacyTake;
    const field = button && document.querySelector(`[data-edit-form] textarea[name="${name}"]`);
    const draft = button && document.querySelector(`.w-tabs [data-privacy-draft="${name}"]`);
    if (!field || !draft) return;
    field.value = [field.value.trim(), draft.innerText.trim()].filter(Boolean).join('\n');
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    button.setAttribute('hidden', '');
    field.focus();
  });

  const refresh = async (pageId) => {
    const shown = document.querySelector('[data-privacy-url]');
    if (!shown) return;
    const url = pageId ? shown.dataset.privacyUrl.replace('/0/', `/${pageId}/`) : shown.dataset.privacyUrl;
    if (running) running.abort();
    running = new AbortController();
    const counting = saved;
    try {
      const response = await fetch(url, {
        headers: { 'X-Requested-With': 'XMLHttpRequest' },
        signal: running.signal,
      });
      if (!response.ok) return;
      fill(await response.text());
      counted = counting;
      mark();
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

  const editForm = () => document.querySelector('[data-edit-form]');

  /*
   * Rich text as it reads: while the page loads and a little after, its editors write anew what they hold, with other
   * keys and in another order, and nothing at all as null.
   */
  const asRead = (value) => {
    if (!value.startsWith('{')) return value;
    try {
      const { blocks, entityMap } = JSON.parse(value);
      if (blocks.every(({ type, text }) => type === 'unstyled' && !text)) return 'null';
      return JSON.stringify([blocks.map(({ key, ...block }) => block), entityMap], inOrder);
    } catch {
      return value;
    }
  };
  const inOrder = (name, value) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    const entries = Object.entries(value).filter(([key, held]) => key !== 'data' || Object.keys(held).length);
    return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
  };

  /* All that the form would send, but what Wagtail's own comparison leaves out too. */
  const content = () => {
    const entries = [...new FormData(editForm())].filter(([name]) => !NOT_CONTENT.test(name));
    const asText = (value) => (value instanceof File ? `${value.name} ${value.size}` : asRead(value));
    return new URLSearchParams(entries.map(([name, value]) => [name, asText(value)]));
  };

  const mark = () => {
    const isBehind = counted !== null && counted !== content().toString();
    document.querySelectorAll('.w-tabs [data-privacy-part]').forEach((part) => {
      part.toggleAttribute('data-privacy-behind', isBehind);
    });
  };

  /* Remember the form as it is before the first change; where that is too late to know, what is saved is unknown. */
  const touch = ({ type, isTrusted, target }) => {
    if (saved !== null || !isTrusted) return;
    const isInput = type === 'input' || type === 'change';
    if (isInput ? isInForm(target) : isEarlyEdit(type, target)) saved = '';
    else if (!isInput && document.readyState === 'complete') saved = content().toString();
    if (counted === null) counted = saved;
  };

  const isInForm = (target) => target.form === editForm() || editForm().contains(target);

  /* Until the page has loaded, rich text fields rewrite themselves: there, only what was pressed tells of a change. */
  const isEarlyEdit = (type, target) =>
    document.readyState !== 'complete' && type === 'click' && target.closest('[data-contentpath] button');

  /*
   * Wagtail takes the form for unchanged as it stands some seconds after loading, and again when an autosave is
   * answered: what was written in between would never be saved by itself. "Force" is its word for changes in any case;
   * it lasts until the next save.
   */
  const force = () => {
    const now = content().toString();
    if (saved === null || now === saved || now === forced) return;
    forced = now;
    editForm().dataset.wUnsavedForceValue = 'true';
  };
  const whenLoaded = (then) => {
    if (document.readyState === 'complete') then();
    else window.addEventListener('load', then, { once: true });
  };

  ['pointerdown', 'keydown', 'click', 'beforeinput', 'input', 'change'].forEach((type) => {
    document.addEventListener(type, touch, { capture: true });
  });
  ['input', 'change', 'w-unsaved:add', 'w-unsaved:clear'].forEach((type) => document.addEventListener(type, mark));
  // Wagtail is in the middle of it when it says so.
  document.addEventListener('w-unsaved:watch-edits', () => setTimeout(() => whenLoaded(force)));
  document.addEventListener('w-autosave:save', () => {
    sent = content();
  });
  /* A form that is refused, or whose page others have saved meanwhile, is not saved by itself any more. */
  const pause = (isPaused) => {
    document.querySelectorAll('.w-tabs [data-privacy-part]').forEach((part) => {
      part.toggleAttribute('data-privacy-paused', isPaused);
    });
  };
  ['w-autosave:error', 'w-autosave:deactivated'].forEach((type) => document.addEventListener(type, () => pause(true)));
  document.addEventListener('w-autosave:success', (event) => {
    pause(false);
    const { pk, field_updates: updates } = event.detail.response || event.detail.data;
    Object.entries(updates || {}).forEach(([name, value]) => sent.has(name) && sent.set(name, asRead(String(value))));
    saved = sent.toString();
    refresh(pk);
  });
})();
