import { render } from "preact";
import { App } from "./app";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/tables.css";
import "./styles/board.css";
import "./styles/charts.css";
import "./styles/pages.css";

const root = document.getElementById("app");
if (root !== null) render(<App />, root);
