document.querySelectorAll("#cookie button").forEach(function (button) {
  button.addEventListener("click", function () {
    document.getElementById("cookie").remove();
  });
});
