/*
 * Opens the block and the field that a finding or a change is about, and marks the blocks that have findings.
 * Without it, a finding's link leads to its block all the same.
 */
(() => {
  'use strict';

  const FIELDS = 'input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea, [contenteditable=true], button';
  const LONGEST_TRANSITION = 2000; // milliseconds
  const WORST_FIRST = ['error', 'warning'];

  const at = (name, within = document) => within.querySelector(`[data-contentpath="${CSS.escape(name)}"]`);

  /* The innermost of its blocks that is in the form: the register's entries stand in the block that chose them. */
  const blockOf = ({ privacyPath }) =>
    privacyPath.split(' ').reduce((found, id) => (id && at(id)) || found, null);

  const placeOf = (data) => {
    const block = blockOf(data);
    if (!block) return data.privacyPath ? null : (data.privacyField && at(data.privacyField)) || at('body');
    return (data.privacyField && at(data.privacyField, block)) || block;
  };

  /* The form of a block that is closed isn't there before somebody needs it. */
  const reveal = ({ privacyPath }) => {
    privacyPath.split(' ').filter((id) => id).forEach((id) => {
      document.dispatchEvent(new CustomEvent('privacy:reveal', { detail: { id } }));
    });
  };

  const openTab = (panel) => {
    const tab = panel && document.querySelector(`[role="tab"][aria-controls="${panel.id}"], [role="tab"][href="#${panel.id}"]`);
    if (tab && tab.getAttribute('aria-selected') !== 'true') tab.click();
  };

  const unfold = (place) => {
    const toggles = [];
    for (let panel = place.closest('[data-panel]'); panel; panel = panel.parentElement.closest('[data-panel]')) {
      toggles.unshift(panel.querySelector('[data-panel-toggle]'));
    }
    toggles.filter((toggle) => toggle && toggle.getAttribute('aria-expanded') === 'false').forEach((toggle) => toggle.click());
  };

  const isShown = (element) => element.offsetParent !== null;

  const show = (place) => {
    const field = [...place.querySelectorAll(FIELDS)].find((each) => isShown(each) && !each.matches('[data-panel-toggle]'));
    place.scrollIntoView({ block: 'center' });
    if (field) field.focus({ preventScroll: true });
  };

  /* Wagtail's tabs and panels open with a transition; what is hidden can't be given the focus. */
  const open = (place) => {
    openTab(place.closest('[role="tabpanel"]'));
    unfold(place);
    const until = performance.now() + LONGEST_TRANSITION;
    const wait = () => (isShown(place) || performance.now() > until ? show(place) : requestAnimationFrame(wait));
    wait();
  };

  const links = () => [...document.querySelectorAll('[data-privacy-part="findings"] a[data-privacy-path]')];

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-privacy-path]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    reveal(link.dataset);
    const place = placeOf(link.dataset);
    if (!place) return;
    event.preventDefault();
    open(place);
  });

  /* By block: how many findings of each severity it has of its own, and how many with those of the blocks in it. */
  const counted = () => {
    const found = new Map();
    links().forEach(({ dataset }) => {
      const severity = dataset.privacySeverity;
      if (!WORST_FIRST.includes(severity)) return;
      const innermost = blockOf(dataset);
      const path = dataset.privacyPath.split(' ').map((id) => id && at(id)).filter(Boolean);
      new Set(path).forEach((block) => {
        const counts = found.get(block) || { own: {}, all: {} };
        counts.all[severity] = (counts.all[severity] || 0) + 1;
        if (block === innermost) counts.own[severity] = (counts.own[severity] || 0) + 1;
        found.set(block, counts);
      });
    });
    return found;
  };

  const marked = (words, severity, count, when) => {
    const said = document.createElement('span');
    said.className = `privacy-mark privacy-mark--${severity} ${when}`.trim();
    said.textContent = `${words.getAttribute(`data-privacy-mark-${severity}`)}: ${count}`;
    return said;
  };

  /* Many blocks may be built at once, and are marked once. */
  let isDue = false;

  /* A block that is open shows its own; one that is folded also those that it hides. The style sheet tells which. */
  const mark = () => {
    isDue = false;
    document.querySelectorAll('.privacy-mark').forEach((each) => each.remove());
    const words = document.querySelector('[data-privacy-mark-error]');
    if (!words) return;
    counted().forEach(({ own, all }, block) => {
      const header = block.querySelector('[data-panel-heading]');
      if (!header) return;
      WORST_FIRST.filter((severity) => all[severity]).forEach((severity) => {
        const differ = all[severity] !== own[severity];
        if (differ) header.after(marked(words, severity, all[severity], 'privacy-mark--folded'));
        if (own[severity]) header.after(marked(words, severity, own[severity], differ ? 'privacy-mark--open' : ''));
      });
    });
  };

  const markSoon = () => {
    if (!isDue) requestAnimationFrame(mark);
    isDue = true;
  };

  document.addEventListener('privacy:refreshed', mark);
  window.addEventListener('load', () => {
    mark();
    document.addEventListener('privacy:built', markSoon);
    const link = window.location.hash.startsWith('#block-') && links().find((each) => each.hash === window.location.hash);
    if (link) reveal(link.dataset);
    const place = link && placeOf(link.dataset);
    if (place) open(place);
  });
})();
