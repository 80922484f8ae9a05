/*
 * A block of a policy in the editor's form: closed, it says what it holds, and its own form isn't built before it is
 * opened; a fold that holds something stands open.
 */
(function () {
  "use strict";

  const { StructBlockDefinition } = window.wagtailStreamField.blocks;

  /* Of a field, a list, a stream or a whole block as Wagtail keeps it: does it say anything? */
  function isEmpty(state) {
    if (typeof state === "string") return !state.trim() || state === "null" || (state.startsWith("{") && isEmptyRichText(state));
    if (Array.isArray(state)) return isEmptyPeriod(state) || state.every((item) => isEmpty(item));
    if (state && typeof state === "object") {
      if (paragraphs(state)) return isEmptyRichText(state);
      return "value" in state ? isEmpty(state.value) : Object.values(state).every((item) => isEmpty(item));
    }
    return state === null || state === undefined || state === false;
  }

  /* A number without which the unit says nothing. */
  function isEmptyPeriod(state) {
    return state.length === 2 && state[0] === "" && typeof state[1] === "string";
  }

  /* Draftail keeps what is written as paragraphs, in an object or as its JSON. */
  function paragraphs(state) {
    try {
      return (typeof state === "string" ? JSON.parse(state) : state).blocks || null;
    } catch {
      return null;
    }
  }

  function isEmptyRichText(state) {
    const written = paragraphs(state);
    return Boolean(written) && written.every((paragraph) => !paragraph.text.trim() && paragraph.type !== "atomic");
  }

  /* What a field says. An unanswered question of a list of answers says nothing, and no box that can be ticked does. */
  function textOf(child, options) {
    if (!child || !child.getTextLabel) return "";
    if (child.widget) {
      const state = child.getState();
      if (typeof state === "boolean" || isEmpty(state)) return "";
    }
    return child.getTextLabel(options) || "";
  }

  function partText(block, [fields, words], options) {
    const said = fields.map((name) => textOf(block.childBlocks[name], options)).find((text) => text);
    if (!said) return "";
    return words ? words.replace("{}", said) : said;
  }

  function summaryOf(block, options) {
    let text = "";
    for (const part of block.blockDef.meta.summary) {
      const said = partText(block, part, options);
      if (said) text += (text && (part[1] ? " " : ", ")) + said;
    }
    if (text) return text;
    const children = Object.values(block.childBlocks);
    return children.map((child) => textOf(child, options)).find((said) => said) || "";
  }

  /* The folds of this block itself, by what Wagtail calls them. */
  function openFilledFolds(block, state) {
    const { children } = block.blockDef.meta.formLayout.opts;
    children
      .filter(([child]) => typeof child !== "string")
      .filter(([child]) => child.opts.children.some(([name]) => !isEmpty(state[name])))
      .forEach(([, name]) => {
        const fold = block.container[0].querySelector(`[id$="-${block.prefix}-${name}-section"]`);
        const toggle = toggleOf(fold);
        if (toggle && isClosed(toggle)) toggle.click();
      });
  }

  const itemOf = (element) => element.closest("[data-streamfield-child]");
  const toggleOf = (item) => item && item.querySelector("[data-panel-toggle]");
  const isClosed = (toggle) => toggle.getAttribute("aria-expanded") === "false";

  /* What somebody has just added, and is empty, is there to be filled in. Its panel is closed after this. */
  function openIfEmpty(element, state) {
    if (!isEmpty(state)) return;
    const toggle = toggleOf(itemOf(element));
    queueMicrotask(() => toggle && isClosed(toggle) && toggle.click());
  }

  /* "Add: Recipients" rather than "Add": there are several such buttons below each other. */
  function nameButtons(block) {
    Object.values(block.childBlocks).forEach((child) => {
      const container = child.container && child.container[0];
      const button = container && container.querySelector(".c-sf-add-button");
      if (button && button.title) button.title = `${button.title}: ${child.blockDef.meta.label}`;
    });
  }

  /* All that is written in a block, for the browser's search: what it finds in a closed panel, it opens. */
  function wordsIn(block) {
    const children = block.children || Object.values(block.childBlocks || {});
    return children.length ? children.map(wordsIn).filter((words) => words).join(" ") : textOf(block);
  }

  function hiddenInput([name, value]) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.setAttribute("value", value);
    return input;
  }

  /* By the element of their item in the list: what isn't built yet. */
  const closedSections = new WeakMap();

  /* Stands in for a block whose form isn't built: it sends what the form would, and builds it when it is needed. */
  class ClosedSection {
    constructor(blockDef, placeholder, prefix, values) {
      this.blockDef = blockDef;
      this.type = blockDef.name;
      this.prefix = prefix;
      this.values = values;
      this.item = itemOf(placeholder);
      this.element = document.createElement("div");
      this.element.append(wordsIn(values), ...values.entries.map(hiddenInput));
      placeholder.replaceWith(this.element);
      closedSections.set(this.item, this);
      const toggle = toggleOf(this.item);
      toggle.addEventListener("wagtail:panel-toggle", () => isClosed(toggle) || this.build());
      // Wagtail makes a panel open, and closes it when the whole list is there.
      queueMicrotask(() => isClosed(toggle) || this.build());
      queueMicrotask(revealLinked);
    }

    build() {
      if (!this.built) {
        const placeholder = document.createElement("div");
        this.element.replaceWith(placeholder);
        closedSections.delete(this.item);
        this.built = this.blockDef.build(placeholder, this.prefix, this.values.getState());
        this.item.dispatchEvent(new CustomEvent("privacy:built", { bubbles: true }));
      }
      return this.built;
    }

    get childBlocks() {
      return this.build().childBlocks;
    }

    get container() {
      return this.build().container;
    }

    getTextLabel(options) {
      return (this.built || this.values).getTextLabel(options);
    }

    setError(error) {
      if (error) this.build().setError(error);
    }
  }

  ["setState", "getState", "getDuplicatedState", "getValue", "focus"].forEach((name) => {
    ClosedSection.prototype[name] = function (...given) {
      return this.build()[name](...given);
    };
  });

  /* Build what the item of this id stands in, from without to within, and the item itself. */
  function reveal(id) {
    for (let last = null; ; ) {
      const named = document.querySelector(`input[name$="-id"][value="${CSS.escape(id)}"]`);
      const item = named && itemOf(named);
      if (!item || item === last) return;
      if (closedSections.has(item)) closedSections.get(item).build();
      last = item;
    }
  }

  document.addEventListener("privacy:reveal", ({ detail }) => reveal(detail.id));

  /* A comment stands beside its field: that is in the form, whoever wrote the comment, and whenever. */
  const commented = new Set();
  function revealComments() {
    const { comments } = window.comments.commentApp.store.getState().comments;
    const paths = [...comments.values()].filter((each) => !each.deleted && !each.resolved).map((each) => each.contentpath);
    paths.filter((path) => !commented.has(path)).forEach((path) => {
      commented.add(path);
      path.split(".").forEach(reveal);
    });
  }

  let isWatchingComments = false;
  function watchComments() {
    if (isWatchingComments || !window.comments) return;
    isWatchingComments = true;
    window.comments.commentApp.store.subscribe(revealComments);
  }

  /* Where somebody is led to by the page's address. */
  function revealLinked() {
    const linked = window.location.hash.match(/^#block-(.+)-section$/);
    if (linked) reveal(linked[1]);
  }

  window.addEventListener("hashchange", revealLinked);

  /* Wagtail opens the panels that it knows of: those in them come one after another. */
  function openAllInside() {
    const closed = "[data-streamfield-child] [data-panel-toggle][aria-expanded=false]:not([role=tabpanel][hidden] *)";
    const seen = new Set();
    for (let fresh = [...document.querySelectorAll(closed)]; fresh.length; ) {
      fresh.forEach((toggle) => seen.add(toggle) && toggle.click());
      fresh = [...document.querySelectorAll(closed)].filter((toggle) => !seen.has(toggle));
    }
  }

  document.addEventListener(
    "click",
    ({ target }) => {
      const button = target.closest(".w-minimap__collapse-all");
      if (button && button.getAttribute("aria-expanded") === "false") setTimeout(openAllInside);
    },
    { capture: true },
  );

  class SectionBlockDefinition extends StructBlockDefinition {
    /* The item of a list is closed by its panel; any other block stands open. */
    render(placeholder, prefix, initialState, initialError, parentCapabilities) {
      const values = !this.collapsible && !initialError && window.wagtailPrivacy.valuesOf(this, prefix, initialState);
      if (!values) return this.build(placeholder, prefix, initialState, initialError, parentCapabilities);
      const block = new ClosedSection(this, placeholder, prefix, values);
      watchComments();
      openIfEmpty(block.element, initialState);
      return block;
    }

    build(placeholder, prefix, initialState, ...rest) {
      const block = super.render(placeholder, prefix, initialState, ...rest);
      block.getTextLabel = (options) => this.summaryOf(block, options);
      openFilledFolds(block, initialState || {});
      openIfEmpty(block.container[0], initialState || {});
      nameButtons(block);
      return block;
    }

    summaryOf(block, options) {
      return summaryOf(block, options);
    }
  }

  window.telepath.register("wagtail_privacy.SectionBlock", SectionBlockDefinition);
})();
