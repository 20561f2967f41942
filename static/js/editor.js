// Una barra que escribe las marcas del texto. Sin JavaScript se escriben a mano.
"use strict";

const MARCAS = [
  ["Título", "\n## ", "\n", "Título"],
  ["Negrilla", "**", "**", "texto"],
  ["Lista", "\n- ", "\n", "un renglón"],
  ["Pasos", "\n1. ", "\n", "un paso"],
  ["Enlace", "[", "](/glosario/)", "a dónde lleva"],
  ["Tabla", "\n| ", " | Cuánto |\n|---|---|\n| uno | 1 |\n", "Qué"],
];

for (const campo of document.querySelectorAll("textarea.editor")) {
  const barra = document.createElement("div");
  barra.className = "barra-de-editor";
  barra.setAttribute("role", "toolbar");
  barra.setAttribute("aria-label", "Marcas del texto");
  for (const [nombre, antes, despues, muestra] of MARCAS) {
    const boton = document.createElement("button");
    boton.type = "button";
    boton.textContent = nombre;
    boton.addEventListener("click", () => {
      const { selectionStart: desde, selectionEnd: hasta, value } = campo;
      const texto = value.slice(desde, hasta) || muestra;
      campo.setRangeText(antes + texto + despues, desde, hasta, "end");
      campo.focus();
      campo.setSelectionRange(desde + antes.length, desde + antes.length + texto.length);
    });
    barra.append(boton);
  }
  campo.before(barra);
}
