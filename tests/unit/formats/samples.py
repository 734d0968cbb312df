"""Word documents made for the tests."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<w:{{0}} xmlns:w="{W}" xmlns:r="urn:r" xmlns:mc="urn:mc">'


def part(tag: str, inner: str) -> bytes:
    return (HEAD.format(tag) + inner + f"</w:{tag}>").encode()


def docx(body: str, **more: bytes) -> bytes:
    """A package with a body; further parts as word_header1='...' for word/header1.xml."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        parts = {
            "[Content_Types].xml": b'<?xml version="1.0"?><Types xmlns="urn:t"/>',
            "_rels/.rels": b"<Relationships/>",
            "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
            "word/comments.xml": part("comments", "<w:comment><w:p><w:r><w:t>批注</w:t></w:r></w:p></w:comment>"),
            "word/media/image1.png": bytes(range(256)),
            **{name.replace("_", "/") + ".xml": content for name, content in more.items()},
        }
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2025, 9, 5, 12, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def run(text: str, look: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inner: str) -> str:
    return f'<w:p w:rsidR="00A1"><w:pPr><w:jc w:val="both"/></w:pPr>{"".join(inner)}</w:p>'


BOLD, ITALIC = "<w:b/>", "<w:i/>"
NEWS = (
    p(run("市长"), run("会见"), '<w:proofErr w:type="spellStart"/>', run("代表团", BOLD), run("。"))
    + p(
        '<w:bookmarkStart w:id="0"/>',
        run("请看"),
        '<w:hyperlink r:id="rId1">',
        run("这里", ITALIC),
        "</w:hyperlink>",
        run("。"),
    )
    + "<w:p/>"
    + p("<w:r><w:t>第一列</w:t><w:tab/><w:t>第二列</w:t><w:br/><w:t>下一行</w:t></w:r>")
    + f"<w:tbl><w:tr><w:tc>{p(run('甲 &amp; 乙'))}</w:tc><w:tc>{p(run('丙'))}</w:tc></w:tr></w:tbl>"
    + p(
        run("第"),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
        run("页的文字"),
    )
    + p(
        run("正文"),
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>",
        run("继续"),
    )
    + p(
        run("图外"),
        "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + p(run("框内", BOLD)) + "</w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:pict><w:txbxContent>" + p(run("框内", BOLD)) + "</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>",
        run("文字"),
    )
)


def news() -> bytes:
    return docx(
        NEWS,
        word_header1=part("hdr", p(run("页眉"))),
        word_footer1=part("ftr", p(run("页脚"))),
        word_footnotes=part("footnotes", f'<w:footnote w:id="2">{p(run("脚注"))}</w:footnote>'),
    )
