"""What of SVG is kept, by name: what draws, or describes what is drawn (SVG 1.1 and 2, Filter Effects, Masking)."""

from typing import Final

__all__ = ["ANIMATIONS", "ATTRIBUTES", "ELEMENTS", "PROPERTIES"]

ANIMATIONS: Final = frozenset(["animate", "animateMotion", "animateTransform", "set"])
_ELEMENTS: Final = """
a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
feTurbulence filter g image line linearGradient marker mask mpath path pattern polygon polyline radialGradient rect
stop style svg switch symbol text textPath title tspan use view
"""
ELEMENTS: Final = ANIMATIONS | frozenset(_ELEMENTS.split())
# Properties of style, which are attributes as well (https://www.w3.org/TR/SVG2/propidx.html).
_PROPERTIES: Final = """
alignment-baseline background background-color baseline-shift clip clip-path clip-rule color color-interpolation
color-interpolation-filters color-rendering cursor cx cy d direction display dominant-baseline enable-background
fill fill-opacity fill-rule filter flood-color flood-opacity font font-family font-feature-settings font-kerning
font-size font-size-adjust font-stretch font-style font-variant font-variant-caps font-variant-ligatures
font-variation-settings font-weight glyph-orientation-horizontal glyph-orientation-vertical height
image-rendering inline-size isolation kerning letter-spacing lighting-color line-height marker marker-end marker-mid
marker-start mask mask-type max-height max-width mix-blend-mode opacity overflow paint-order pointer-events r rx ry
shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
stroke-miterlimit stroke-opacity stroke-width text-align text-anchor text-decoration text-orientation
text-rendering text-transform transform transform-box transform-origin unicode-bidi vector-effect vertical-align
visibility white-space width word-spacing writing-mode x y
"""
PROPERTIES: Final = frozenset(_PROPERTIES.split())
_ATTRIBUTES: Final = """
accumulate additive amplitude aria-describedby aria-hidden aria-label aria-labelledby attributeName attributeType
azimuth baseFrequency baseProfile begin bias by calcMode class clipPathUnits diffuseConstant divisor dur dx dy
edgeMode elevation end exponent filterUnits focusable from fr fx fy gradientTransform gradientUnits href id in in2
intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength keyPoints keySplines keyTimes lang lengthAdjust
limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits max media method min mode
numOctaves offset operator order orient origin path pathLength patternContentUnits patternTransform patternUnits
points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits radius refX refY repeatCount
repeatDur requiredFeatures restart result role rotate scale seed side slope spacing specularConstant
specularExponent spreadMethod startOffset stdDeviation stitchTiles style surfaceScale systemLanguage tabindex
tableValues target targetX targetY textLength to type values version viewBox x1 x2 xChannelSelector y1 y2
yChannelSelector z zoomAndPan
"""
ATTRIBUTES: Final = PROPERTIES | frozenset(_ATTRIBUTES.split())
