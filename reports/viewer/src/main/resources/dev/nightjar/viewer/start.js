(() => {
  const script = document.createElement('script');
  script.src = 'viewer.js';
  script.onerror = () => {
    document.getElementById('loading').textContent =
      'viewer.js is missing beside this page: publish again, or copy the whole folder.';
  };
  document.head.append(script);
})();
