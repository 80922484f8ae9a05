/* A block of a policy in the editor's form: closed, it says what it holds; a fold that holds something stands open. */
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
        const toggle = fold && fold.querySelector("[data-panel-toggle]");
        if (toggle && toggle.getAttribute("aria-expanded") === "false") toggle.click();
      });
  }

  /* What somebody has just added, and is empty, is there to be filled in. Its panel is closed after this. */
  function openIfEmpty(block, state) {
    if (!isEmpty(state)) return;
    queueMicrotask(() => {
      const item = block.container[0].closest("[data-streamfield-child]");
      const toggle = item && item.querySelector("[data-panel-toggle]");
      if (toggle && toggle.getAttribute("aria-expanded") === "false") toggle.click();
    });
  }

  /* "Add: Recipients" rather than "Add": there are several such buttons below each other. */
  function nameButtons(block) {
    Object.values(block.childBlocks).forEach((child) => {
      const container = child.container && child.container[0];
      const button = container && container.querySelector(".c-sf-add-button");
      if (button && button.title) button.title = `${button.title}: ${child.blockDef.meta.label}`;
    });
  }

  class SectionBlockDefinition extends StructBlockDefinition {
    render(placeholder, prefix, initialState, initialError, parentCapabilities) {
      const block = super.render(placeholder, prefix, initialState, initialError, parentCapabilities);
      block.getTextLabel = (options) => summaryOf(block, options);
      openFilledFolds(block, initialState || {});
      openIfEmpty(block, initialState || {});
      nameButtons(block);
      return block;
    }
  }

  window.telepath.register("wagtail_privacy.SectionBlock", SectionBlockDefinition);
})();
