// Links that change the conversation stay in this window; everything else opens beside it.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.('a[href^="/continue/"]');
    if (link) {
      event.preventDefault();
      window.location.assign(link.href);
    }
  },
  true,
);
