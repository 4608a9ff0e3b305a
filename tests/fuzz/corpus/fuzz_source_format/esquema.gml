<?xml version="1.0"?><wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs"
 xmlns:gml="http://www.opengis.net/gml" xmlns:foo="http://foo" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://foo http://127.0.0.1:9/wfs?SERVICE=WFS&amp;VERSION=1.1.0&amp;REQUEST=DescribeFeatureType&amp;TYPENAME=foo:bar">
<gml:featureMember><foo:bar gml:id="a"><foo:codigo>G-1</foo:codigo><foo:nombre>x</foo:nombre><foo:geom>
<gml:Point srsName="EPSG:4326"><gml:pos>-18.9 -65.2</gml:pos></gml:Point></foo:geom></foo:bar></gml:featureMember>
</wfs:FeatureCollection>